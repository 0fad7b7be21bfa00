package io.mldelivery.stats;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Upper tails (survival functions) and quantiles of the distributions that the tests use. */
public final class Tails {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Tails() {}

    /** P(Z > z) of the standard normal distribution. */
    public static double normalSurvival(double z) {
        return NORMAL.survivalProbability(z);
    }

    /** P(Z &lt;= z) of the standard normal distribution. */
    public static double normalCdf(double z) {
        return NORMAL.cumulativeProbability(z);
    }

    /** The z with P(Z &lt;= z) = p, for p in [0, 1]; infinite at the ends. */
    public static double normalQuantile(double p) {
        return p <= 0.5 ? NORMAL.inverseCumulativeProbability(p) : NORMAL.inverseSurvivalProbability(1 - p);
    }

    /** P(T > t) of Student's distribution with (not necessarily whole) degrees of freedom. */
    public static double studentSurvival(double t, double degreesOfFreedom) {
        return TDistribution.of(degreesOfFreedom).survivalProbability(t);
    }

    /** The t with P(T &lt;= t) = p of Student's distribution. */
    public static double studentQuantile(double p, double degreesOfFreedom) {
        return TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(p);
    }

    /** P(X > x) of the chi-square distribution. */
    public static double chiSquareSurvival(double x, double degreesOfFreedom) {
        return x <= 0 ? 1 : ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(x);
    }

    /** The x with P(X &lt;= x) = p of the beta distribution. */
    public static double betaQuantile(double p, double alpha, double beta) {
        return BetaDistribution.of(alpha, beta).inverseCumulativeProbability(p);
    }

    /** P(K > x) of Kolmogorov's limiting distribution; the two classical series, each where it converges fast. */
    public static double kolmogorovSurvival(double x) {
        if (x <= 0) {
            return 1;
        }
        return x < 0.82 ? 1 - kolmogorovCdfBySmallArguments(x) : kolmogorovByLargeArguments(x);
    }

    /** P(D > d) of the one-sample Kolmogorov-Smirnov statistic of n observations, as scipy's {@code kstwo.sf}. */
    public static double kolmogorovSurvival(double d, long n) {
        return KolmogorovTail.survival(d, n);
    }

    private static double kolmogorovByLargeArguments(double x) {
        double sum = 0;
        double term = 1;
        for (int k = 1; Math.abs(term) > 1e-300 && k < 100; k++) {
            term = (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * x * x);
            sum += term;
        }
        return sum;
    }

    private static double kolmogorovCdfBySmallArguments(double x) {
        double sum = 0;
        for (int k = 1; k < 100; k += 2) {
            sum += Math.exp(-k * k * Math.PI * Math.PI / (8 * x * x));
        }
        return Math.sqrt(2 * Math.PI) / x * sum;
    }
}
