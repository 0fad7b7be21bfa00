package io.mldelivery.gate.inference;

import io.mldelivery.stats.Alternative;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.Tails;
import io.mldelivery.stats.TestResult;
import io.mldelivery.stats.Wilcoxon;
import java.util.Arrays;

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
        this.estimate = solve(0);
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
        double critical = Tails.normalQuantile(0.5 + level / 2);
        double low = solve(critical);
        return new Interval(level, low, Math.max(low, solve(-critical)));
    }

    /** The shift at which the standardized rank sum, which falls as the shift grows, equals z. */
    private double solve(double z) {
        double low = Arrays.stream(differences).min().orElseThrow();
        double high = Arrays.stream(differences).max().orElseThrow();
        double tolerance = 1e-12 * Math.max(1e-300, high - low);
        while (high - low > tolerance) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (standardized(middle) > z) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + (high - low) / 2;
    }

    private double standardized(double shift) {
        return -Tails.normalQuantile(Math.min(1, pValueAbove(shift)));
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
