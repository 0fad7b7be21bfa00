package io.mldelivery.model;

/**
 * The four ways a question about a model can end. Only {@link #PASS} lets a model through; missing data is never
 * {@link #PASS}.
 *
 * <p>The constants are ordered from best to worst.
 */
public enum Outcome {
    /** The data meets the limit. */
    PASS,
    /** There is too little data to decide; the reason says how much more is needed. */
    INCONCLUSIVE,
    /** The data violates the limit. */
    FAIL,
    /** The measurement itself failed; the reason says why. */
    ERROR;

    /** Returns whether a model may go on. */
    public boolean letsThrough() {
        return this == PASS;
    }

    /** Returns the worse of two outcomes. */
    public Outcome and(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Returns the exit code of the engine commands: 0 pass, 1 fail, 2 inconclusive, 3 error. */
    public int exitCode() {
        return switch (this) {
            case PASS -> 0;
            case FAIL -> 1;
            case INCONCLUSIVE -> 2;
            case ERROR -> 3;
        };
    }
}
