/**
 * How far apart two samples of one column are: pure functions over counts. Start at
 * {@link io.mldelivery.drift.statistics.NumericPair} and {@link io.mldelivery.drift.statistics.CategoryPair}.
 */
package io.mldelivery.drift.statistics;
