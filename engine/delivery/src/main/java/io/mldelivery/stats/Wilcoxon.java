package io.mldelivery.stats;

import java.util.Arrays;

/** Wilcoxon's signed-rank test of paired differences (1945): are they centred at zero? */
public final class Wilcoxon {
    private Wilcoxon() {}

    /**
     * The normal approximation, corrected for ties, zeros dropped (scipy's {@code zero_method="wilcox"}), without
     * correction for continuity. Two-sided statistic: the smaller rank sum, else the sum of the positive ranks. All
     * zeros give statistic 0 and p-value 1.
     */
    public static TestResult signedRank(double[] differences, Alternative alternative) {
        double[] nonZero = Arrays.stream(differences).filter(d -> d != 0).toArray();
        if (nonZero.length == 0) {
            return new TestResult("wilcoxon", 0, 1);
        }
        double n = nonZero.length;
        double[] sizes = Arrays.stream(nonZero).map(Math::abs).toArray();
        Ranks ranks = Ranks.of(sizes);
        double positive = 0;
        for (int i = 0; i < nonZero.length; i++) {
            positive += nonZero[i] > 0 ? ranks.midRank(i) : 0;
        }
        double variance = (n * (n + 1) * (2 * n + 1) - ranks.tieTerm() / 2) / 24;
        double z = (positive - n * (n + 1) / 4) / Math.sqrt(variance);
        boolean twoSided = alternative == Alternative.TWO_SIDED;
        double statistic = twoSided ? Math.min(positive, n * (n + 1) / 2 - positive) : positive;
        return new TestResult("wilcoxon", statistic, alternative.pValue(z));
    }
}
