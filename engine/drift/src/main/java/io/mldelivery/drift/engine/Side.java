package io.mldelivery.drift.engine;

/**
 * One sample's part of a column, over all rows.
 *
 * @param nulls missing values; NaN counts as missing
 * @param infinite values that are infinite; they are left out of all statistics
 * @param values the values that remain
 */
public record Side(long nulls, long infinite, long values) {

    public long rows() {
        return nulls + infinite + values;
    }

    /** The share of missing values, 0 to 1; 0 for a table without rows. */
    public double nullShare() {
        return rows() == 0 ? 0 : (double) nulls / rows();
    }
}
