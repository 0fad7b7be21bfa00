package io.mldelivery.gate.metric;

/** A metric's value, or why there is none. */
public sealed interface MetricValue {
    /** A finite number. */
    record Present(double value) implements MetricValue {}

    /**
     * No usable number.
     *
     * @param reason completes "the metric …", such as {@code is NaN in metrics.json}
     */
    record Missing(String reason) implements MetricValue {}
}
