package io.mldelivery.drift.statistics;

/**
 * Mean and spread of a sample.
 *
 * @param count how many values
 * @param mean NaN when there is none
 * @param deviation the standard deviation of the values themselves (divided by n, not n - 1)
 */
public record Moments(long count, double mean, double deviation, double min, double max) {

    /** Two passes: the second sums squared distances from the mean, which keeps digits that a single pass loses. */
    static Moments of(double[] values, long[] counts) {
        long count = 0;
        double sum = 0;
        double min = Double.NaN;
        double max = Double.NaN;
        for (int i = 0; i < values.length; i++) {
            if (counts[i] > 0) {
                min = count == 0 ? values[i] : min;
                max = values[i];
                count += counts[i];
                sum += counts[i] * values[i];
            }
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            squares += counts[i] * (values[i] - mean) * (values[i] - mean);
        }
        return new Moments(count, mean, Math.sqrt(squares / count), min, max);
    }
}
