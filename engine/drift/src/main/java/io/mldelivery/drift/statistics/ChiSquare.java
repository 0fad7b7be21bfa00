package io.mldelivery.drift.statistics;

import io.mldelivery.stats.Tails;
import java.util.Optional;

/**
 * Pearson's chi-square test of homogeneity: the 2 × k table of counts, without continuity correction.
 *
 * @param statistic the sum over all cells of (observed - expected)² / expected
 * @param degreesOfFreedom the number of categories less one
 */
public record ChiSquare(double statistic, double pValue, int degreesOfFreedom) {

    /** Absent when fewer than two categories occur or a sample is empty: then there is nothing to compare. */
    public static Optional<ChiSquare> test(CategoryPair pair) {
        double left = pair.referenceSize();
        double right = pair.currentSize();
        double statistic = 0;
        int occurring = 0;
        for (int i = 0; i < pair.size(); i++) {
            double total = (double) pair.reference(i) + pair.current(i);
            if (total > 0) {
                occurring++;
                statistic += cell(pair.reference(i), total * left / (left + right))
                        + cell(pair.current(i), total * right / (left + right));
            }
        }
        if (occurring < 2 || left == 0 || right == 0) {
            return Optional.empty();
        }
        return Optional.of(new ChiSquare(statistic, tail(statistic, occurring - 1), occurring - 1));
    }

    private static double cell(double observed, double expected) {
        return (observed - expected) * (observed - expected) / expected;
    }

    /**
     * How well the current counts fit the reference's shares, as {@code scipy.stats.chisquare} against the reference
     * scaled to the current size. It takes the reference for known exactly, so its p-values are too small whenever the
     * reference is a sample; it exists to reproduce verdicts of tools that use it. A category that the reference lacks
     * makes the statistic infinite and the p-value 0.
     */
    public static Optional<TestResult> goodnessOfFit(CategoryPair pair) {
        double scale = (double) pair.currentSize() / pair.referenceSize();
        double statistic = 0;
        for (int i = 0; i < pair.size(); i++) {
            if (pair.reference(i) > 0) {
                statistic += cell(pair.current(i), pair.reference(i) * scale);
            } else if (pair.current(i) > 0) {
                statistic = Double.POSITIVE_INFINITY;
            }
        }
        if (pair.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(new TestResult(statistic, tail(statistic, pair.size() - 1)));
    }

    private static double tail(double statistic, int degreesOfFreedom) {
        return Double.isInfinite(statistic) ? 0 : Tails.chiSquareSurvival(statistic, degreesOfFreedom);
    }
}
