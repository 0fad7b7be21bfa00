package io.mldelivery.stats;

/** B. L. Welch's t-test (1947) of two means with unequal variances, and the paired t-test; first minus second. */
public final class Welch {
    private final String name;
    private final double difference;
    private final double standardError;
    private final double degreesOfFreedom;

    private Welch(String name, double difference, double standardError, double degreesOfFreedom) {
        this.name = name;
        this.difference = difference;
        this.standardError = standardError;
        this.degreesOfFreedom = degreesOfFreedom;
    }

    /** Two independent samples of at least two observations each. */
    public static Welch of(double[] first, double[] second) {
        return of(Moments.of(first), Moments.of(second));
    }

    /** As {@link #of(double[], double[])}, from the samples' moments. */
    public static Welch of(Moments first, Moments second) {
        requireTwo(first.count());
        requireTwo(second.count());
        double a = first.variance() / first.count();
        double b = second.variance() / second.count();
        double df = (a + b) * (a + b) / (a * a / (first.count() - 1) + b * b / (second.count() - 1));
        return new Welch("welch", first.mean() - second.mean(), Math.sqrt(a + b), df);
    }

    /** The paired t-test of differences (first minus second), at least two. */
    public static Welch paired(Moments differences) {
        requireTwo(differences.count());
        return new Welch("paired-t", differences.mean(), differences.standardError(), differences.count() - 1.0);
    }

    private static void requireTwo(long count) {
        if (count < 2) {
            throw new IllegalArgumentException("a t-test needs two observations, got " + count);
        }
    }

    /** The difference of the means. */
    public double difference() {
        return difference;
    }

    /** Welch and Satterthwaite's degrees of freedom; NaN when neither sample varies. */
    public double degreesOfFreedom() {
        return degreesOfFreedom;
    }

    /** The standard error of the difference. */
    public double standardError() {
        return standardError;
    }

    /** The test against no difference; without any variance the p-value is 1 for equal means, else 0. */
    public TestResult test(Alternative alternative) {
        return testAgainst(0, alternative);
    }

    /** The test against a given difference. */
    public TestResult testAgainst(double expected, Alternative alternative) {
        double excess = difference - expected;
        double t = excess == 0 ? 0 : excess / standardError;
        return new TestResult(name, t, pValue(t, alternative));
    }

    private double pValue(double t, Alternative alternative) {
        if (standardError == 0) {
            return alternative.pValue(t); // 0, 1/2 or 1: the statistic is 0 or infinite
        }
        return switch (alternative) {
            case TWO_SIDED -> Math.min(1, 2 * Tails.studentSurvival(Math.abs(t), degreesOfFreedom));
            case LESS -> Tails.studentSurvival(-t, degreesOfFreedom);
            case GREATER -> Tails.studentSurvival(t, degreesOfFreedom);
        };
    }

    /** The interval of the difference. */
    public Interval interval(double level) {
        if (standardError == 0) {
            return new Interval(level, difference, difference);
        }
        double half = Tails.studentQuantile(0.5 + level / 2, degreesOfFreedom) * standardError;
        return new Interval(level, difference - half, difference + half);
    }
}
