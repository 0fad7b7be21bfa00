package io.mldelivery.stats;

/**
 * Count, mean and spread of a sample.
 *
 * @param count how many observations
 * @param mean their mean; NaN without observations
 * @param variance their variance with divisor {@code count - 1}; NaN for fewer than two
 */
public record Moments(long count, double mean, double variance) {
    /** The moments of a sample, in two passes. */
    public static Moments of(double[] sample) {
        double sum = 0;
        for (double x : sample) {
            sum += x;
        }
        double mean = sum / sample.length;
        double squares = 0;
        double rest = 0;
        for (double x : sample) {
            squares += (x - mean) * (x - mean);
            rest += x - mean;
        }
        double corrected = squares - rest * rest / sample.length;
        return new Moments(sample.length, mean, sample.length < 2 ? Double.NaN : corrected / (sample.length - 1));
    }

    /** The standard error of the mean. */
    public double standardError() {
        return Math.sqrt(variance / count);
    }
}
