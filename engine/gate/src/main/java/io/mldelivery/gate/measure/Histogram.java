package io.mldelivery.gate.measure;

import java.util.Arrays;

/** Values gathered in bins of equal width that are not empty, each with its count and its values' mean. */
final class Histogram {
    private final long[] counts;
    private final double[] means;
    private final double total;

    private Histogram(long[] counts, double[] means, double total) {
        this.counts = counts;
        this.means = means;
        this.total = total;
    }

    static Histogram of(double[] values, int bins) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        long[] counts = new long[bins];
        double[] sums = new double[bins];
        double scale = high > low ? bins / (high - low) : 0;
        for (double value : values) {
            int bin = Math.min(bins - 1, (int) ((value - low) * scale));
            counts[bin]++;
            sums[bin] += value;
        }
        return compact(counts, sums);
    }

    private static Histogram compact(long[] counts, double[] sums) {
        double total = Arrays.stream(sums).sum();
        int used = 0;
        for (int b = 0; b < counts.length; b++) {
            if (counts[b] > 0) {
                counts[used] = counts[b];
                sums[used++] = sums[b] / counts[b];
            }
        }
        return new Histogram(Arrays.copyOf(counts, used), Arrays.copyOf(sums, used), total);
    }

    int bins() {
        return counts.length;
    }

    long count(int bin) {
        return counts[bin];
    }

    double mean(int bin) {
        return means[bin];
    }

    double total() {
        return total;
    }
}
