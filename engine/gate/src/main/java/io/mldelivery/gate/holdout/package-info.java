/**
 * How often an evaluation set has decided, and what is left of the error rate for the next decision. Start at
 * {@link io.mldelivery.gate.holdout.HoldoutFile}.
 */
package io.mldelivery.gate.holdout;
