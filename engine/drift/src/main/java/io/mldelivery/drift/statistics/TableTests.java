package io.mldelivery.drift.statistics;

import io.mldelivery.stats.Tails;
import java.util.Optional;
import org.apache.commons.statistics.inference.FisherExactTest;

/** Tests on the 2 × k table of counts, besides {@link ChiSquare}. */
public final class TableTests {
    private TableTests() {}

    /**
     * The G-test (log-likelihood ratio) of homogeneity, as {@code scipy.stats.chi2_contingency} with
     * {@code lambda_="log-likelihood"} and without correction. Absent when fewer than two categories occur.
     */
    public static Optional<TestResult> g(CategoryPair pair) {
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
        return Optional.of(new TestResult(2 * statistic, Tails.chiSquareSurvival(2 * statistic, occurring - 1)));
    }

    private static double cell(double observed, double expected) {
        return observed == 0 ? 0 : observed * Math.log(observed / expected);
    }

    /** The two-sided p-value of Fisher's exact test; absent unless there are exactly two categories. */
    public static Optional<Double> fisher(CategoryPair pair) {
        boolean small = pair.referenceSize() + pair.currentSize() <= Integer.MAX_VALUE;
        if (pair.size() != 2 || !small || pair.referenceSize() == 0 || pair.currentSize() == 0) {
            return Optional.empty();
        }
        int[][] table = {
            {(int) pair.reference(0), (int) pair.reference(1)}, {(int) pair.current(0), (int) pair.current(1)}
        };
        return Optional.of(FisherExactTest.withDefaults().test(table).getPValue());
    }
}
