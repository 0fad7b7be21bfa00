package io.mldelivery.stats;

import java.util.Arrays;

/**
 * Intervals from the replicates of a resampled statistic (B. Efron, 1979, 1987). How the rows are resampled is the
 * caller's business: this class knows replicates only.
 */
public final class Bootstrap {
    private final double[] sorted;

    private Bootstrap(double[] sorted) {
        this.sorted = sorted;
    }

    /** The replicates; those that are not numbers (a resample without both classes, say) are left out. */
    public static Bootstrap of(double[] replicates) {
        double[] sorted =
                Arrays.stream(replicates).filter(r -> !Double.isNaN(r)).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no replicate is a number");
        }
        return new Bootstrap(sorted);
    }

    /** How many replicates are numbers. */
    public int count() {
        return sorted.length;
    }

    /** The mean of the replicates. */
    public double mean() {
        return Moments.of(sorted).mean();
    }

    /** The replicates' standard deviation, which estimates the statistic's standard error. */
    public double standardError() {
        return Math.sqrt(Moments.of(sorted).variance());
    }

    /** The interval between the replicates' quantiles. */
    public Interval percentile(double level) {
        return between(level, (1 - level) / 2, (1 + level) / 2);
    }

    /**
     * Efron's bias-corrected and accelerated interval; without replicates on both sides of the estimate the
     * percentile interval.
     *
     * @param acceleration a, from the jackknife: see {@link #acceleration}
     */
    public Interval bca(double estimate, double acceleration, double level) {
        double below = (firstNotBelow(estimate) + firstAbove(estimate)) / 2.0 / sorted.length;
        if (below <= 0 || below >= 1) {
            return percentile(level);
        }
        double bias = Tails.normalQuantile(below);
        return between(
                level, shifted(bias, acceleration, (1 - level) / 2), shifted(bias, acceleration, (1 + level) / 2));
    }

    private static double shifted(double bias, double acceleration, double probability) {
        double z = bias + Tails.normalQuantile(probability);
        return Tails.normalCdf(bias + z / (1 - acceleration * z));
    }

    /** The acceleration a from the values of the statistic's influence (or jackknife) on each row; 0 without spread. */
    public static double acceleration(double[] influences) {
        double mean = Moments.of(influences).mean();
        double squares = 0;
        double cubes = 0;
        for (double value : influences) {
            double d = value - mean;
            squares += d * d;
            cubes += d * d * d;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    /** The two-sided p-value of no effect: twice the smaller share of replicates on either side of zero. */
    public double pValue() {
        double atMost = firstAbove(0) + 1.0;
        double atLeast = sorted.length - firstNotBelow(0) + 1.0;
        return Math.min(1, 2 * Math.min(atMost, atLeast) / (sorted.length + 1.0));
    }

    private Interval between(double level, double low, double high) {
        return new Interval(level, Quantiles.linearSorted(sorted, low), Quantiles.linearSorted(sorted, high));
    }

    private int firstNotBelow(double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int firstAbove(double value) {
        return firstNotBelow(Math.nextUp(value));
    }
}
