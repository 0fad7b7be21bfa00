/**
 * Decides whether a candidate model may go on. {@link io.mldelivery.gate.Gate} puts the parts together: a
 * {@linkplain io.mldelivery.gate.policy policy}, reported {@linkplain io.mldelivery.gate.metric metrics},
 * {@linkplain io.mldelivery.gate.predictions predictions}, the {@linkplain io.mldelivery.gate.judge judgement} and its
 * {@linkplain io.mldelivery.gate.report reports}.
 */
package io.mldelivery.gate;
