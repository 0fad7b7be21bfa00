package io.mldelivery.gate.inference;

import io.mldelivery.stats.Bootstrap;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.Tails;
import io.mldelivery.stats.TestResult;
import java.util.Arrays;

/** An estimate by bootstrap replicates, with Efron's bias-corrected and accelerated intervals. */
public final class BootstrapInference implements Inference {
    private final double estimate;
    private final double acceleration;
    private final double[] replicates;
    private final Bootstrap bootstrap;

    /**
     * Gathers replicates.
     *
     * @param acceleration from {@link Bootstrap#acceleration}
     */
    public BootstrapInference(double estimate, double acceleration, double[] replicates) {
        this.estimate = estimate;
        this.acceleration = acceleration;
        this.replicates = replicates.clone();
        this.bootstrap = Bootstrap.of(replicates);
    }

    @Override
    public double estimate() {
        return estimate;
    }

    @Override
    public double standardError() {
        return bootstrap.standardError();
    }

    @Override
    public Interval interval(double level) {
        return bootstrap.bca(estimate, acceleration, level);
    }

    @Override
    public double pValueAbove(double limit) {
        return tail(shareBelow(limit), 1);
    }

    @Override
    public double pValueBelow(double limit) {
        return tail(1 - shareBelow(limit), -1);
    }

    /** The level at which the interval's end would be the limit, which inverts the formula of the interval. */
    private double tail(double share, int side) {
        double bias = side * Tails.normalQuantile(inside(shareBelow(estimate)));
        double w = Tails.normalQuantile(inside(share)) - bias;
        return Tails.normalCdf(w / (1 + side * acceleration * w) - bias);
    }

    private double shareBelow(double value) {
        double below = Arrays.stream(replicates).filter(r -> r < value).count();
        double equal = Arrays.stream(replicates).filter(r -> r == value).count();
        return (below + equal / 2) / replicates.length;
    }

    /** B replicates cannot show a probability below 1/(B+1). */
    private double inside(double share) {
        double least = 1 / (replicates.length + 1.0);
        return Math.max(least, Math.min(1 - least, share));
    }

    @Override
    public TestResult test() {
        return new TestResult("bootstrap", estimate / standardError(), bootstrap.pValue());
    }
}
