/**
 * Judges a candidate by a policy: pure functions from policy, metrics and predictions to a verdict. Start at
 * {@link io.mldelivery.gate.judge.GateEvaluator}.
 */
package io.mldelivery.gate.judge;
