package io.mldelivery.drift.statistics;

import io.mldelivery.stats.KolmogorovSmirnov;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * The two-sample Kolmogorov-Smirnov test, two-sided, as {@code scipy.stats.ks_2samp} computes it with its default
 * method: the exact distribution of the statistic up to {@value #EXACT_UP_TO} values a sample, beyond it the
 * one-sample distribution at the harmonic size m·n/(m+n) (Hodges 1958; Simard and L'Ecuyer 2011).
 */
public final class Kolmogorov {
    private static final int EXACT_UP_TO = 10_000;

    private Kolmogorov() {}

    /** The largest distance between the two empirical distribution functions, 0 to 1, and its p-value. */
    public static TestResult test(NumericPair pair) {
        double statistic = statistic(pair);
        return new TestResult(statistic, pValue(pair, statistic));
    }

    /** The largest distance between the two empirical distribution functions, 0 to 1. */
    public static double statistic(NumericPair pair) {
        double largest = 0;
        long left = 0;
        long right = 0;
        for (int i = 0; i < pair.size(); i++) {
            left += pair.reference(i);
            right += pair.current(i);
            double distance = Math.abs((double) left / pair.referenceSize() - (double) right / pair.currentSize());
            largest = Math.max(largest, distance);
        }
        return largest;
    }

    private static double pValue(NumericPair pair, double statistic) {
        boolean small = Math.max(pair.referenceSize(), pair.currentSize()) <= EXACT_UP_TO;
        boolean enough = Math.min(pair.referenceSize(), pair.currentSize()) >= 2;
        if (small && enough) {
            return KolmogorovSmirnovTest.withDefaults()
                    .test(pair.expanded(true), pair.expanded(false))
                    .getPValue();
        }
        return KolmogorovSmirnov.asymptoticPValue(statistic, pair.referenceSize(), pair.currentSize());
    }
}
