/** Measures how far apart the columns of two tables are. Start at {@link io.mldelivery.drift.measure.Comparison}. */
package io.mldelivery.drift.measure;
