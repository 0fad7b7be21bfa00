package io.mldelivery.stats;

import java.util.Arrays;

/**
 * Ranks from 1 of a sample, ties sharing the mean of their ranks. Holds arrays of the sample's length; not for sharing
 * between threads while being built, immutable afterwards.
 */
public final class Ranks {
    private final double[] midRanks;
    private final double tieTerm;

    private Ranks(double[] midRanks, double tieTerm) {
        this.midRanks = midRanks;
        this.tieTerm = tieTerm;
    }

    /** The ranks of a sample without NaN. */
    public static Ranks of(double[] values) {
        double[] ranks = new double[values.length];
        int[] order = Order.ascending(values);
        double ties = 0;
        for (int start = 0; start < order.length; ) {
            int end = start + 1;
            while (end < order.length && values[order[end]] == values[order[start]]) {
                end++;
            }
            double mean = (start + 1 + end) / 2.0;
            for (int i = start; i < end; i++) {
                ranks[order[i]] = mean;
            }
            double size = end - start;
            ties += size * size * size - size;
            start = end;
        }
        return new Ranks(ranks, ties);
    }

    /** The rank of the value at this index. */
    public double midRank(int index) {
        return midRanks[index];
    }

    /** The sum of t³ − t over groups of t tied values. */
    public double tieTerm() {
        return tieTerm;
    }

    /** The ranks, in the order of the sample. */
    public double[] toArray() {
        return Arrays.copyOf(midRanks, midRanks.length);
    }
}
