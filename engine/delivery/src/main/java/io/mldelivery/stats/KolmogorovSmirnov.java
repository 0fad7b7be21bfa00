package io.mldelivery.stats;

import java.util.Arrays;

/**
 * The two-sample, two-sided Kolmogorov-Smirnov test: do two samples come from one distribution? The p-values need only
 * the statistic and the sample sizes, so that a database can compute the statistic.
 *
 * <p>Exact by counting lattice paths that leave the band (J. L. Hodges, "The significance probability of the Smirnov
 * two-sample test", 1958), as conditional probabilities, which keeps small p-values accurate. Asymptotic as scipy: the
 * one-sample distribution of the effective size n·m/(n+m), rounded.
 */
public final class KolmogorovSmirnov {
    private static final long EXACT_UP_TO = 10_000;

    private KolmogorovSmirnov() {}

    /** The test of two samples; exact up to 10,000 observations in the larger one. */
    public static TestResult test(double[] a, double[] b) {
        double d = statistic(a, b);
        return new TestResult("kolmogorov-smirnov", d, pValue(d, a.length, b.length));
    }

    /** The largest distance between the two empirical distribution functions; 0 to 1. */
    public static double statistic(double[] a, double[] b) {
        double[] x = sorted(a);
        double[] y = sorted(b);
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < x.length && j < y.length) {
            double at = Math.min(x[i], y[j]);
            while (i < x.length && x[i] <= at) {
                i++;
            }
            while (j < y.length && y[j] <= at) {
                j++;
            }
            largest = Math.max(largest, Math.abs((double) i / x.length - (double) j / y.length));
        }
        return largest;
    }

    private static double[] sorted(double[] sample) {
        if (sample.length == 0) {
            throw new IllegalArgumentException("a sample is empty");
        }
        double[] copy = sample.clone();
        Arrays.sort(copy);
        return copy;
    }

    /** The p-value of a statistic, exact up to 10,000 observations in the larger sample, else asymptotic. */
    public static double pValue(double d, long n, long m) {
        return Math.max(n, m) <= EXACT_UP_TO ? exactPValue(d, (int) n, (int) m) : asymptoticPValue(d, n, m);
    }

    /** The p-value by the asymptotic distribution of the effective sample size. */
    public static double asymptoticPValue(double d, long n, long m) {
        return Tails.kolmogorovSurvival(d, Math.max(1, (long) Math.rint((double) n * m / ((double) n + m))));
    }

    /** The exact p-value without ties (conservative with them); time grows with n·m. */
    public static double exactPValue(double d, int n, int m) {
        long divisor = gcd(n, m);
        long stepN = m / divisor;
        long stepM = n / divisor;
        long limit = Math.round(d * n * stepN);
        if (limit <= 0) {
            return 1;
        }
        double[] touched = new double[m + 1]; // P(a path to (i, j) has left the band)
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= m; j++) {
                if (Math.abs(i * stepN - j * stepM) >= limit) {
                    touched[j] = 1;
                } else if (i + j == 0) {
                    touched[j] = 0;
                } else {
                    double before = j == 0 ? 0 : touched[j - 1];
                    touched[j] = (i * touched[j] + j * before) / (i + j);
                }
            }
        }
        return touched[m];
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
