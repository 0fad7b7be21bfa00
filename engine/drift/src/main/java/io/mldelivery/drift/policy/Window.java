package io.mldelivery.drift.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which rows of the current data are judged.
 *
 * @param column the column with the time; absent when the window counts rows
 * @param last the time before the latest row that is judged
 * @param from the first point in time, as text that DuckDB reads
 * @param to the first point in time that no longer belongs to it
 * @param rows the last rows of the file
 */
public record Window(
        Optional<String> column,
        Optional<Duration> last,
        Optional<String> from,
        Optional<String> to,
        OptionalLong rows) {
    /** All rows. */
    public static final Window ALL =
            new Window(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());
}
