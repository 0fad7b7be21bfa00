package io.mldelivery.gate.inference;

import io.mldelivery.stats.Alternative;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.Proportion;
import io.mldelivery.stats.TestResult;
import io.mldelivery.stats.TwoProportions;

/**
 * The difference of two independent shares by R. G. Newcombe's hybrid score interval (1998, method 10). A limit's p-value
 * is the level at which the interval's end reaches it.
 */
public final class NewcombeInference implements Inference {
    private static final double FINEST = 1e-12;

    private final TwoProportions shares;
    private final double standardError;

    public NewcombeInference(Proportion candidate, Proportion champion) {
        shares = TwoProportions.of(candidate, champion);
        standardError = Math.sqrt(variance(candidate) + variance(champion));
    }

    private static double variance(Proportion p) {
        return p.share() * (1 - p.share()) / p.trials();
    }

    @Override
    public double estimate() {
        return shares.difference();
    }

    @Override
    public double standardError() {
        return standardError;
    }

    @Override
    public Interval interval(double level) {
        return shares.newcombe(level);
    }

    @Override
    public double pValueAbove(double limit) {
        return estimate() >= limit ? tail(limit, true) : 1 - tail(limit, false);
    }

    @Override
    public double pValueBelow(double limit) {
        return estimate() <= limit ? tail(limit, false) : 1 - tail(limit, true);
    }

    /** Half of one minus the level at which the lower (or upper) end is the limit: at most 1/2. */
    private double tail(double limit, boolean lower) {
        double small = FINEST; // a tail this small reaches far
        double large = 1 - FINEST;
        for (int i = 0; i < 100 && large - small > FINEST; i++) {
            double middle = (small + large) / 2;
            Interval interval = shares.newcombe(1 - middle);
            boolean reaches = lower ? interval.low() <= limit : interval.high() >= limit;
            if (reaches) {
                small = middle;
            } else {
                large = middle;
            }
        }
        return small / 2;
    }

    @Override
    public TestResult test() {
        return shares.zTest(Alternative.TWO_SIDED);
    }

    @Override
    public boolean isDegenerate() {
        return false; // the score intervals have a width even for shares of 0 and 1
    }
}
