/**
 * What can be said about an unknown value or difference: intervals and p-values by several methods behind one type,
 * {@link io.mldelivery.gate.inference.Inference}.
 */
package io.mldelivery.gate.inference;
