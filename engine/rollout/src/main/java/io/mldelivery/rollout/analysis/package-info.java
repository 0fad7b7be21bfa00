/**
 * Judges a new version while it serves: measurements in, {@link io.mldelivery.rollout.analysis.Verdict} out, no clock, no
 * I/O. Every look at the data is paid for in advance, so looking often costs nothing. Start at
 * {@link io.mldelivery.rollout.analysis.RolloutAnalysis}.
 */
package io.mldelivery.rollout.analysis;
