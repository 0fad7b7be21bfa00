package io.mldelivery.gate.metric;

/** Which values of a metric are better. */
public enum Direction {
    HIGHER,
    LOWER;

    /** 1 when higher is better, else -1. */
    public int sign() {
        return this == HIGHER ? 1 : -1;
    }
}
