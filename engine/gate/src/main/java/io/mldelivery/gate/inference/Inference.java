package io.mldelivery.gate.inference;

import io.mldelivery.stats.Interval;
import io.mldelivery.stats.TestResult;

/** What a sample says about the true value behind an estimate, or about the true difference. */
public interface Inference {
    /** The best guess. */
    double estimate();

    /** The estimate's standard error; 0 when the sample shows no variation. */
    double standardError();

    /** A two-sided confidence interval. */
    Interval interval(double level);

    /** The evidence that the true value is above the limit: the p-value against "it is at most the limit". */
    double pValueAbove(double limit);

    /** The evidence that the true value is below the limit: the p-value against "it is at least the limit". */
    double pValueBelow(double limit);

    /** The two-sided test of "the true value is 0", with the method's name. */
    TestResult test();

    /** Whether the sample shows too little variation for this method to say anything. */
    default boolean isDegenerate() {
        return standardError() == 0;
    }
}
