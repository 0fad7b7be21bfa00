package io.mldelivery.drift.finding;

/**
 * A group of rows in which a column drifted more than elsewhere.
 *
 * @param column the column that drifted
 * @param group the column that the rows have in common
 * @param member what they have in common, such as {@code origin = JFK} or {@code distance from 200 to 500}
 * @param inside the distance of reference and current within the group: Kolmogorov-Smirnov or total variation
 * @param outside the same among all other rows
 * @param rows current rows in the group's sample
 */
public record Segment(
        String column, String group, String member, double inside, double outside, long rows, double pValue) {}
