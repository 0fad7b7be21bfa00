package io.mldelivery.gate.measure;

import java.util.Arrays;

/** Values gathered in bins of equal width that are not empty, each with its count and its values' mean. */
final class Histogram {
    private final double low;
    private final double scale;
    private final int[] places;
    private final long[] counts;
    private final double[] means;
    private final long rows;
    private final double total;

    private Histogram(double low, double scale, double[] values, int bins) {
        this.low = low;
        this.scale = scale;
        this.rows = values.length;
        this.counts = new long[bins];
        this.means = new double[bins];
        this.places = new int[bins];
        for (double value : values) {
            int bin = Math.min(bins - 1, (int) ((value - low) * scale));
            counts[bin]++;
            means[bin] += value;
        }
        this.total = Arrays.stream(means).sum();
    }

    static Histogram of(double[] values, int bins) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return new Histogram(low, high > low ? bins / (high - low) : 0, values, bins).compacted();
    }

    private Histogram(Histogram full, int used) {
        this.low = full.low;
        this.scale = full.scale;
        this.rows = full.rows;
        this.total = full.total;
        this.places = full.places;
        this.counts = Arrays.copyOf(full.counts, used);
        this.means = Arrays.copyOf(full.means, used);
    }

    private Histogram compacted() {
        int used = 0;
        for (int b = 0; b < counts.length; b++) {
            if (counts[b] > 0) {
                places[b] = used;
                counts[used] = counts[b];
                means[used++] = means[b] / counts[b];
            }
        }
        return new Histogram(this, used);
    }

    /** The bin of a value that was gathered. */
    int bin(double value) {
        return places[Math.min(places.length - 1, (int) ((value - low) * scale))];
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

    /** How many values there are. */
    long rows() {
        return rows;
    }

    /** Their sum. */
    double total() {
        return total;
    }
}
