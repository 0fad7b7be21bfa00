/** What counts as drift. Start at {@link io.mldelivery.drift.policy.DriftPolicy#parse}. */
package io.mldelivery.drift.policy;
