package io.mldelivery.drift.statistics;

import java.util.Arrays;

/** Quantiles by linear interpolation between order statistics, digit for digit as {@code numpy.quantile} does by default. */
public final class Quantiles {
    private final double[] values;
    private final long[] cumulative;

    Quantiles(double[] values, long[] counts) {
        this.values = values;
        this.cumulative = counts.clone();
        Arrays.parallelPrefix(cumulative, Long::sum);
    }

    /** The value below which the share {@code probability} (0 to 1) of the sample lies; the sample is not empty. */
    public double at(double probability) {
        long size = cumulative[cumulative.length - 1];
        double position = (size - 1) * probability;
        long below = (long) Math.floor(position);
        double fraction = position - below;
        double low = ranked(below);
        double high = ranked(Math.min(below + 1, size - 1));
        return fraction >= 0.5 ? high - (high - low) * (1 - fraction) : low + (high - low) * fraction;
    }

    /** Quantiles at 0, 1/parts, …, 1; equal ones merged, ascending. */
    public double[] edges(int parts) {
        double step = 1.0 / parts;
        double[] edges = new double[parts + 1];
        for (int i = 0; i <= parts; i++) {
            edges[i] = at(i == parts ? 1 : i * step);
        }
        return Arrays.stream(edges).distinct().toArray();
    }

    private double ranked(long rank) {
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] > rank) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return values[low];
    }
}
