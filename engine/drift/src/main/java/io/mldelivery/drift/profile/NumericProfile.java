package io.mldelivery.drift.profile;

import io.mldelivery.data.Column;
import io.mldelivery.drift.engine.Side;
import io.mldelivery.drift.statistics.Marks;
import io.mldelivery.drift.statistics.Moments;

/**
 * The summary of a column of numbers (or of what stands for a number in a text or a date).
 *
 * @param marks exact counts at chosen values
 */
public record NumericProfile(Column column, Side side, long distinct, Moments moments, Marks marks)
        implements ColumnProfile {}
