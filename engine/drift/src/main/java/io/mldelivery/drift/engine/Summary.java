package io.mldelivery.drift.engine;

import io.mldelivery.drift.statistics.Marks;
import io.mldelivery.drift.statistics.Moments;
import io.mldelivery.drift.statistics.NumericPair;

/**
 * A numeric column over all rows.
 *
 * @param distinct different values
 * @param marks exact counts at chosen values
 */
public record Summary(Side side, long distinct, Moments moments, Marks marks) {

    /** Summarizes a column all of whose values are at hand. */
    public static Summary of(Values values) {
        NumericPair pair = NumericPair.of(values.values(), new double[0]);
        Marks marks = values.values().length == 0
                ? new Marks(new double[0], new long[0], new long[0], new double[0], 0, true)
                : Marks.of(values.values());
        return new Summary(values.side(), pair.size(), pair.referenceMoments(), marks);
    }
}
