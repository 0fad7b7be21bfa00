/** The step {@code evaluateGate}. Start at {@link io.jenkins.plugins.mldelivery.gate.EvaluateGateStep}. */
package io.jenkins.plugins.mldelivery.gate;
