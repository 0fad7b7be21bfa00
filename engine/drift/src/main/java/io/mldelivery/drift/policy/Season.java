package io.mldelivery.drift.policy;

/**
 * Which rows of the reference the current rows are compared with: those of the same part of the week.
 *
 * @param column the column with the time, in both tables
 */
public record Season(String column, Part by) {
    /** A part of the week. */
    public enum Part {
        /** Monday to Sunday. */
        WEEKDAY,
        /** The hour of the day. */
        HOUR,
        /** The hour of the week. */
        WEEKDAY_HOUR
    }
}
