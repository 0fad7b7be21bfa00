package io.mldelivery.gate.measure;

/** A metric of one model on some rows, or why it has no value there. */
public sealed interface Measured {
    /** It has one. */
    record Value(Estimate estimate) implements Measured {}

    /**
     * It has none.
     *
     * @param reason completes "the metric …", such as {@code needs both classes, and all 40 rows are of one}
     */
    record Impossible(String reason) implements Measured {}
}
