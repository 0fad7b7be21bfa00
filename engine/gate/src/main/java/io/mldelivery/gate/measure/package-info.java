/**
 * Metrics computed from predictions, each with the influence of every row, from which follow standard errors of one
 * model's metric and of the difference of two models on the same rows. Start at
 * {@link io.mldelivery.gate.measure.Measures}.
 */
package io.mldelivery.gate.measure;
