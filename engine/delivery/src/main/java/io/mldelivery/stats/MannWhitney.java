package io.mldelivery.stats;

import java.util.Arrays;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/** The rank-sum test of Mann and Whitney (1947); the statistic is U of the first sample. */
public final class MannWhitney {
    private MannWhitney() {}

    /** The normal approximation, corrected for ties, with or without correction for continuity. */
    public static TestResult asymptotic(double[] a, double[] b, Alternative alternative, boolean continuity) {
        var test = MannWhitneyUTest.withDefaults()
                .with(PValueMethod.ASYMPTOTIC)
                .with(continuity ? ContinuityCorrection.ENABLED : ContinuityCorrection.DISABLED)
                .with(alternative.commons());
        var result = test.test(withoutNegativeZeros(a), withoutNegativeZeros(b));
        return new TestResult("mann-whitney", result.getStatistic(), result.getPValue());
    }

    /** The exact test, which is for samples without ties. */
    public static TestResult exact(double[] a, double[] b, Alternative alternative) {
        var test = MannWhitneyUTest.withDefaults().with(PValueMethod.EXACT).with(alternative.commons());
        var result = test.test(withoutNegativeZeros(a), withoutNegativeZeros(b));
        return new TestResult("mann-whitney-exact", result.getStatistic(), result.getPValue());
    }

    /** Commons would rank −0 below 0, which are equal. */
    private static double[] withoutNegativeZeros(double[] values) {
        return Arrays.stream(values).map(value -> value + 0.0).toArray();
    }
}
