package io.mldelivery.gate.inference;

import io.mldelivery.stats.Alternative;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.Proportion;
import io.mldelivery.stats.TestResult;

/** A share of rows by Wilson's score interval and the score test, which hold for shares near 0 and 1 too. */
public record ShareInference(Proportion share) implements Inference {
    @Override
    public double estimate() {
        return share.share();
    }

    @Override
    public double standardError() {
        return Math.sqrt(estimate() * (1 - estimate()) / share.trials());
    }

    @Override
    public Interval interval(double level) {
        return share.wilson(level);
    }

    @Override
    public double pValueAbove(double limit) {
        return Alternative.GREATER.pValue(z(limit));
    }

    @Override
    public double pValueBelow(double limit) {
        return Alternative.LESS.pValue(z(limit));
    }

    private double z(double limit) {
        double inside = Math.max(0, Math.min(1, limit));
        double excess = estimate() - limit;
        return excess == 0 ? 0 : excess / Math.sqrt(inside * (1 - inside) / share.trials());
    }

    @Override
    public TestResult test() {
        return new TestResult("wilson", z(0), Alternative.TWO_SIDED.pValue(z(0)));
    }

    @Override
    public boolean isDegenerate() {
        return false; // the score interval has a width even for shares of 0 and 1
    }
}
