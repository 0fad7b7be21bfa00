/**
 * What is kept of a reference so that later checks need not read it again. Start at
 * {@link io.mldelivery.drift.profile.ProfileFile}.
 */
package io.mldelivery.drift.profile;
