package io.mldelivery.gate.inference;

import io.mldelivery.stats.Alternative;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.TestResult;

/**
 * An estimate that is close to normally distributed.
 *
 * @param name the method that gave the standard error, such as {@code delong}
 */
public record NormalInference(String name, double estimate, double standardError) implements Inference {
    @Override
    public Interval interval(double level) {
        return Interval.normal(estimate, standardError, level);
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
        return estimate == limit ? 0 : (estimate - limit) / standardError;
    }

    @Override
    public TestResult test() {
        return new TestResult(name, z(0), Alternative.TWO_SIDED.pValue(z(0)));
    }
}
