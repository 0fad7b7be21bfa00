package io.mldelivery.gate.inference;

import io.mldelivery.stats.Alternative;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.MannWhitney;
import io.mldelivery.stats.Tails;
import io.mldelivery.stats.TestResult;
import java.util.Arrays;

/**
 * The shift between the numbers of two models on different rows, whose distributions are assumed to be alike but for it,
 * by Mann and Whitney's ranks. The interval holds the shifts that the test does not reject; the estimate is their middle.
 */
public final class ShiftInference implements Inference {
    private final double[] candidate;
    private final double[] champion;
    private final double estimate;
    private final Interval usual;

    public ShiftInference(double[] candidate, double[] champion) {
        this.candidate = candidate.clone();
        this.champion = champion.clone();
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
        double low = min(candidate) - max(champion);
        double high = max(candidate) - min(champion);
        double tolerance = 1e-9 * Math.max(1e-300, high - low);
        while (high - low > tolerance) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (-Tails.normalQuantile(Math.min(1, pValueAbove(middle))) > z) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + (high - low) / 2;
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    @Override
    public double pValueAbove(double limit) {
        return MannWhitney.asymptotic(shifted(limit), champion, Alternative.GREATER, false)
                .pValue();
    }

    @Override
    public double pValueBelow(double limit) {
        return MannWhitney.asymptotic(shifted(limit), champion, Alternative.LESS, false)
                .pValue();
    }

    private double[] shifted(double limit) {
        return Arrays.stream(candidate).map(x -> x - limit).toArray();
    }

    @Override
    public TestResult test() {
        return MannWhitney.asymptotic(candidate, champion, Alternative.TWO_SIDED, true);
    }
}
