package io.mldelivery.gate.judge;

import io.mldelivery.gate.metric.MetricSet;

/** The model that the candidate is to replace. */
public sealed interface Champion {
    /**
     * There is one.
     *
     * @param metrics what was reported of it, possibly nothing
     */
    record Present(MetricSet metrics) implements Champion {}

    /**
     * There is none.
     *
     * @param reason a sentence without a full stop, such as {@code models:/late-flights@champion does not exist}
     */
    record Absent(String reason) implements Champion {}
}
