package io.mldelivery.drift.statistics;

import java.util.Arrays;

/** Distances between two distributions. 0 means equal; none of them says whether the difference can be chance. */
public final class Distances {
    /** Shares below this are raised to it in the population stability index. */
    public static final double LEAST_SHARE = 1e-4;

    private Distances() {}

    /**
     * The first Wasserstein (earth mover's) distance in the column's unit: the area between the two distribution
     * functions.
     */
    public static double wasserstein(NumericPair pair) {
        double area = 0;
        long left = 0;
        long right = 0;
        for (int i = 0; i + 1 < pair.size(); i++) {
            left += pair.reference(i);
            right += pair.current(i);
            double height = Math.abs((double) left / pair.referenceSize() - (double) right / pair.currentSize());
            area += height * (pair.value(i + 1) - pair.value(i));
        }
        return area;
    }

    /**
     * The population stability index, sum of (c - r) · ln(c / r) over the categories' shares, with shares below
     * {@value #LEAST_SHARE} raised to that.
     */
    public static double populationStability(CategoryPair pair) {
        double[] r = pair.referenceShares();
        double[] c = pair.currentShares();
        double sum = 0;
        for (int i = 0; i < r.length; i++) {
            double left = Math.max(r[i], LEAST_SHARE);
            double right = Math.max(c[i], LEAST_SHARE);
            sum += (right - left) * Math.log(right / left);
        }
        return sum;
    }

    /** The Jensen-Shannon distance: the square root of the divergence with natural logarithm, 0 to sqrt(ln 2). */
    public static double jensenShannon(CategoryPair pair) {
        double[] r = pair.referenceShares();
        double[] c = pair.currentShares();
        double sum = 0;
        for (int i = 0; i < r.length; i++) {
            double middle = (r[i] + c[i]) / 2;
            sum += relativeEntropy(r[i], middle) + relativeEntropy(c[i], middle);
        }
        return Math.sqrt(Math.max(0, sum / 2));
    }

    private static double relativeEntropy(double p, double q) {
        return p == 0 ? 0 : p * Math.log(p / q);
    }

    /** The total variation distance: the share of rows that would have to change, 0 to 1. */
    public static double totalVariation(CategoryPair pair) {
        double[] r = pair.referenceShares();
        double[] c = pair.currentShares();
        double sum = 0;
        for (int i = 0; i < r.length; i++) {
            sum += Math.abs(r[i] - c[i]);
        }
        return sum / 2;
    }

    /** The Hellinger distance, 0 to 1. */
    public static double hellinger(CategoryPair pair) {
        double[] r = pair.referenceShares();
        double[] c = pair.currentShares();
        double overlap = 0;
        for (int i = 0; i < r.length; i++) {
            overlap += Math.sqrt(r[i] * c[i]);
        }
        return Math.sqrt(Math.max(0, 1 - overlap));
    }

    /**
     * The Kullback-Leibler divergence of the reference from the current shares in nats, with shares below
     * {@value #LEAST_SHARE} raised to that and both sides scaled to sum to 1 again.
     */
    public static double kullbackLeibler(CategoryPair pair) {
        double[] r = raised(pair.referenceShares());
        double[] c = raised(pair.currentShares());
        double sum = 0;
        for (int i = 0; i < r.length; i++) {
            sum += relativeEntropy(r[i], c[i]);
        }
        return Math.max(0, sum);
    }

    private static double[] raised(double[] shares) {
        double[] raised =
                Arrays.stream(shares).map(share -> Math.max(share, LEAST_SHARE)).toArray();
        double total = Arrays.stream(raised).sum();
        return Arrays.stream(raised).map(share -> share / total).toArray();
    }

    /** The largest difference of one category's share, 0 to 1. */
    public static double largestDifference(CategoryPair pair) {
        double[] r = pair.referenceShares();
        double[] c = pair.currentShares();
        double largest = 0;
        for (int i = 0; i < r.length; i++) {
            largest = Math.max(largest, Math.abs(r[i] - c[i]));
        }
        return largest;
    }

    /** The energy distance as {@code scipy.stats.energy_distance}: sqrt(2 ∫ (F - G)²) (Székely and Rizzo 2013). */
    public static double energy(NumericPair pair) {
        double area = 0;
        long left = 0;
        long right = 0;
        for (int i = 0; i + 1 < pair.size(); i++) {
            left += pair.reference(i);
            right += pair.current(i);
            double height = (double) left / pair.referenceSize() - (double) right / pair.currentSize();
            area += height * height * (pair.value(i + 1) - pair.value(i));
        }
        return Math.sqrt(2 * area);
    }
}
