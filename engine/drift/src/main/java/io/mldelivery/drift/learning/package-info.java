/**
 * A small learner: boosted trees on binned columns. Used to tell two samples apart, to estimate a model's errors and to
 * learn what a model looks at. Start at {@link io.mldelivery.drift.learning.BoostedTrees}.
 */
package io.mldelivery.drift.learning;
