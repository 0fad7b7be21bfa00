package io.mldelivery.drift.policy;

/**
 * How many rows of each side the order statistics of numeric columns are taken from. Missing values, counts of
 * categories and extremes always come from all rows.
 *
 * @param rows beyond this many rows a random sample of about this size is drawn
 * @param seed the same seed draws the same rows
 */
public record Sampling(long rows, long seed) {
    /** As many rows as there are. */
    public static final long ALL = Long.MAX_VALUE;
}
