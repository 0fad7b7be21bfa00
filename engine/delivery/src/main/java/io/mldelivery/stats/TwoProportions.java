package io.mldelivery.stats;

import org.apache.commons.statistics.inference.FisherExactTest;

/** Compares the shares of two independent samples; differences are first minus second. */
public final class TwoProportions {
    private final Proportion first;
    private final Proportion second;

    private TwoProportions(Proportion first, Proportion second) {
        this.first = first;
        this.second = second;
    }

    public static TwoProportions of(Proportion first, Proportion second) {
        return new TwoProportions(first, second);
    }

    /** The first share minus the second. */
    public double difference() {
        return first.share() - second.share();
    }

    /** The z-test with the pooled variance; without any variance the statistic is 0 and the p-value 1. */
    public TestResult zTest(Alternative alternative) {
        double pooled = (double) (first.successes() + second.successes()) / (first.trials() + second.trials());
        double variance = pooled * (1 - pooled) * (1.0 / first.trials() + 1.0 / second.trials());
        return z("two-proportion-z", alternative, variance);
    }

    /** The z-test with each sample's own variance. */
    public TestResult unpooledZTest(Alternative alternative) {
        return z("two-proportion-z-unpooled", alternative, ownVariance(first, 0) + ownVariance(second, 0));
    }

    private TestResult z(String name, Alternative alternative, double variance) {
        double z = difference() == 0 ? 0 : difference() / Math.sqrt(variance);
        return new TestResult(name, z, alternative.pValue(z));
    }

    private static double ownVariance(Proportion p, int added) {
        double n = p.trials() + 2.0 * added;
        double share = (p.successes() + added) / n;
        return share * (1 - share) / n;
    }

    /** Wald's interval of the difference. */
    public Interval wald(double level) {
        return Interval.normal(difference(), Math.sqrt(ownVariance(first, 0) + ownVariance(second, 0)), level);
    }

    /** Agresti and Caffo's interval (2000): Wald's after adding one success and one failure to each sample. */
    public Interval agrestiCaffo(double level) {
        double difference = (first.successes() + 1.0) / (first.trials() + 2.0)
                - (second.successes() + 1.0) / (second.trials() + 2.0);
        return Interval.normal(difference, Math.sqrt(ownVariance(first, 1) + ownVariance(second, 1)), level);
    }

    /** R. G. Newcombe's hybrid score interval (1998, method 10), from the two Wilson intervals. */
    public Interval newcombe(double level) {
        Interval one = first.wilson(level);
        Interval two = second.wilson(level);
        double p1 = first.share();
        double p2 = second.share();
        double down = Math.hypot(p1 - one.low(), two.high() - p2);
        double up = Math.hypot(one.high() - p1, p2 - two.low());
        return new Interval(level, difference() - down, difference() + up);
    }

    /** Fisher's exact test, two-sided; for at most 2^31 trials in each sample. The statistic is the odds ratio. */
    public TestResult fisher() {
        int[][] table = {
            {Math.toIntExact(first.successes()), Math.toIntExact(first.trials() - first.successes())},
            {Math.toIntExact(second.successes()), Math.toIntExact(second.trials() - second.successes())}
        };
        if (table[0][0] + table[1][0] == 0 || table[0][1] + table[1][1] == 0) {
            return new TestResult("fisher", Double.NaN, 1);
        }
        var result = FisherExactTest.withDefaults().test(table);
        return new TestResult("fisher", result.getStatistic(), result.getPValue());
    }
}
