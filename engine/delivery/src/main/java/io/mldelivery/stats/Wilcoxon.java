package io.mldelivery.stats;

import java.util.Arrays;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** Wilcoxon's signed-rank test of paired differences (1945): are they centred at zero? */
public final class Wilcoxon {
    /** Up to so many differences the distribution is counted out, as scipy does. */
    private static final int EXACT = 50;

    private Wilcoxon() {}

    /**
     * Exact for up to 50 differences none of which is zero or tied with another; else the normal approximation,
     * corrected for ties, zeros dropped (scipy's {@code zero_method="wilcox"}), without correction for continuity.
     * Two-sided statistic: the smaller rank sum, else the sum of the positive ranks. All zeros give statistic 0 and
     * p-value 1.
     */
    public static TestResult signedRank(double[] differences, Alternative alternative) {
        double[] nonZero = Arrays.stream(differences).filter(d -> d != 0).toArray();
        if (nonZero.length == 0) {
            return new TestResult("wilcoxon", 0, 1);
        }
        double n = nonZero.length;
        Ranks ranks = Ranks.of(Arrays.stream(nonZero).map(Math::abs).toArray());
        double positive = 0;
        for (int i = 0; i < nonZero.length; i++) {
            positive += nonZero[i] > 0 ? ranks.midRank(i) : 0;
        }
        boolean twoSided = alternative == Alternative.TWO_SIDED;
        double statistic = twoSided ? Math.min(positive, n * (n + 1) / 2 - positive) : positive;
        boolean exact = differences.length == nonZero.length && n <= EXACT && ranks.tieTerm() == 0;
        double pValue = exact ? exact(nonZero, alternative) : approximate(n, positive, ranks.tieTerm(), alternative);
        return new TestResult("wilcoxon", statistic, pValue);
    }

    private static double exact(double[] differences, Alternative alternative) {
        return WilcoxonSignedRankTest.withDefaults()
                .with(PValueMethod.EXACT)
                .with(alternative.commons())
                .test(differences)
                .getPValue();
    }

    private static double approximate(double n, double positive, double tieTerm, Alternative alternative) {
        double variance = (n * (n + 1) * (2 * n + 1) - tieTerm / 2) / 24;
        return alternative.pValue((positive - n * (n + 1) / 4) / Math.sqrt(variance));
    }
}
