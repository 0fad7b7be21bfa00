package io.mldelivery.gate.inference;

import io.mldelivery.stats.Alternative;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.Moments;
import io.mldelivery.stats.TestResult;
import io.mldelivery.stats.Welch;

/** The mean of the rows' differences by Student's distribution. */
public final class StudentInference implements Inference {
    private final Welch test;

    /** At least two differences, candidate minus champion. */
    public StudentInference(double[] differences) {
        test = Welch.paired(Moments.of(differences));
    }

    @Override
    public double estimate() {
        return test.difference();
    }

    @Override
    public double standardError() {
        return test.standardError();
    }

    @Override
    public Interval interval(double level) {
        return test.interval(level);
    }

    @Override
    public double pValueAbove(double limit) {
        return test.testAgainst(limit, Alternative.GREATER).pValue();
    }

    @Override
    public double pValueBelow(double limit) {
        return test.testAgainst(limit, Alternative.LESS).pValue();
    }

    @Override
    public TestResult test() {
        return test.test(Alternative.TWO_SIDED);
    }
}
