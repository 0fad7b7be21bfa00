package io.mldelivery.gate.inference;

import io.mldelivery.stats.Alternative;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.Tails;
import io.mldelivery.stats.TestResult;
import io.mldelivery.stats.Wilcoxon;
import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * The centre of the rows' differences, which are assumed to be symmetric around it, by Wilcoxon's signed ranks. The
 * interval holds the shifts that the test does not reject; the estimate is their middle (Hodges, Lehmann 1963).
 */
public final class WilcoxonInference implements Inference {
    private final double[] differences;
    private final double estimate;
    private final Interval usual;

    /** At least one difference, candidate minus champion. */
    public WilcoxonInference(double[] differences) {
        this.differences = differences.clone();
        this.estimate = firstNot(shift -> pValueAbove(shift) < pValueBelow(shift));
        this.usual = interval(0.95);
    }

    @Override
    public double estimate() {
        return estimate;
    }

    /** The standard error of a normal estimate with the same 95 % interval. */
    @Override
    public double standardError() {
        return usual.width() / 2 / Tails.normalQuantile(0.975);
    }

    @Override
    public Interval interval(double level) {
        double each = (1 - level) / 2;
        double low = firstNot(shift -> pValueAbove(shift) < each);
        return new Interval(level, low, Math.max(low, firstNot(shift -> pValueBelow(shift) > each)));
    }

    /** The shift at which this, true of small shifts, becomes false. */
    private double firstNot(DoublePredicate small) {
        double low = Arrays.stream(differences).min().orElseThrow();
        double high = Arrays.stream(differences).max().orElseThrow();
        double tolerance = 1e-12 * Math.max(1e-300, high - low);
        while (high - low > tolerance) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (small.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + (high - low) / 2;
    }

    @Override
    public double pValueAbove(double limit) {
        return Wilcoxon.signedRank(shifted(limit), Alternative.GREATER).pValue();
    }

    @Override
    public double pValueBelow(double limit) {
        return Wilcoxon.signedRank(shifted(limit), Alternative.LESS).pValue();
    }

    private double[] shifted(double limit) {
        return Arrays.stream(differences).map(d -> d - limit).toArray();
    }

    @Override
    public TestResult test() {
        return Wilcoxon.signedRank(differences, Alternative.TWO_SIDED);
    }
}
