/**
 * Rows with true values and the scores of one or two models, read from files and held in plain arrays. Start at
 * {@link io.mldelivery.gate.predictions.PredictionReader}.
 */
package io.mldelivery.gate.predictions;
