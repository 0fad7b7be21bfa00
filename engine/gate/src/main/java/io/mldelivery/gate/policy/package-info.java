/** The gate's policy: what people write in {@code gate.yaml}. Start at {@link io.mldelivery.gate.policy.GatePolicy#parse}. */
package io.mldelivery.gate.policy;
