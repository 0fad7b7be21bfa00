package io.mldelivery.gate.inference;

import io.mldelivery.stats.Alternative;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.Moments;
import io.mldelivery.stats.TestResult;
import io.mldelivery.stats.Welch;

/** A mean, the mean of the rows' differences, or the difference of two means by Student's distribution. */
public final class StudentInference implements Inference {
    private final Welch test;

    /** At least two differences, candidate minus champion. */
    public StudentInference(double[] differences) {
        this(Welch.paired(Moments.of(differences)));
    }

    private StudentInference(Welch test) {
        this.test = test;
    }

    /** The mean behind a sample of which only the moments are known; at least two observations. */
    public static StudentInference ofMean(Moments sample) {
        return new StudentInference(Welch.paired(sample));
    }

    /** The difference of two means of different rows, by Welch's test. */
    public static StudentInference ofDifferentRows(double[] candidate, double[] champion) {
        return new StudentInference(Welch.of(candidate, champion));
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
