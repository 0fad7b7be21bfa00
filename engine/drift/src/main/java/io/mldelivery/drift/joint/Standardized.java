package io.mldelivery.drift.joint;

import java.util.Arrays;

/**
 * Rows of numbers in standard deviations of the reference from its mean; a missing value stands at the mean. A column that
 * is constant in the reference is left as distance from that constant.
 *
 * @param reference one array a row
 * @param current one array a row
 */
record Standardized(double[][] reference, double[][] current) {

    /** Takes columns; {@code reference[i]} and {@code current[i]} are the same column. */
    static Standardized of(double[][] reference, double[][] current) {
        double[][] left = new double[reference.length == 0 ? 0 : reference[0].length][reference.length];
        double[][] right = new double[current.length == 0 ? 0 : current[0].length][current.length];
        for (int i = 0; i < reference.length; i++) {
            double mean = Arrays.stream(reference[i])
                    .filter(Double::isFinite)
                    .average()
                    .orElse(0);
            double variance = Arrays.stream(reference[i])
                    .filter(Double::isFinite)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElse(0);
            double unit = variance > 0 ? Math.sqrt(variance) : 1;
            fill(left, i, reference[i], mean, unit);
            fill(right, i, current[i], mean, unit);
        }
        return new Standardized(left, right);
    }

    private static void fill(double[][] rows, int column, double[] values, double mean, double unit) {
        for (int row = 0; row < values.length; row++) {
            rows[row][column] = Double.isNaN(values[row]) ? 0 : (values[row] - mean) / unit;
        }
    }
}
