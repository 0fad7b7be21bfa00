/** Drift checks. Start at {@link io.mldelivery.drift.DriftCheck}. */
package io.mldelivery.drift;
