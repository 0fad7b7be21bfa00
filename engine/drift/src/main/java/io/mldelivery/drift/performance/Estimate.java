package io.mldelivery.drift.performance;

/**
 * A metric's value with its sampling error.
 *
 * @param standardError 0 when it is exact
 */
public record Estimate(double value, double standardError, long rows) {
    /** Ends of the normal interval at 95 %. */
    double low() {
        return value - 1.959963984540054 * standardError;
    }

    double high() {
        return value + 1.959963984540054 * standardError;
    }
}
