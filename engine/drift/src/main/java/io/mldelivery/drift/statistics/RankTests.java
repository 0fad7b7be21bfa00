package io.mldelivery.drift.statistics;

import io.mldelivery.stats.Tails;
import org.apache.commons.numbers.gamma.LogGamma;

/** Tests on the ranks of numbers, besides {@link Kolmogorov}. Equal values share their mean rank. */
public final class RankTests {
    private RankTests() {}

    /**
     * The Mann-Whitney test, two-sided, by the normal approximation with correction for ties and continuity, as
     * {@code scipy.stats.mannwhitneyu} with {@code method="asymptotic"}. The statistic is U of the reference.
     */
    public static TestResult mannWhitney(NumericPair pair) {
        double n = pair.referenceSize();
        double m = pair.currentSize();
        double rankSum = 0;
        double ties = 0;
        double before = 0;
        for (int i = 0; i < pair.size(); i++) {
            double equal = (double) pair.reference(i) + pair.current(i);
            rankSum += pair.reference(i) * (before + (equal + 1) / 2);
            ties += equal * equal * equal - equal;
            before += equal;
        }
        double u = rankSum - n * (n + 1) / 2;
        double deviation = Math.sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))));
        if (!(deviation > 0)) {
            return new TestResult(u, 1);
        }
        double z = (Math.max(u, n * m - u) - n * m / 2 - 0.5) / deviation;
        return new TestResult(u, Math.min(1, 2 * Tails.normalSurvival(z)));
    }

    /**
     * The two-sample Cramér-von Mises test with the limiting distribution, as {@code scipy.stats.cramervonmises_2samp}
     * with {@code method="asymptotic"} (Anderson 1962).
     */
    public static TestResult cramerVonMises(NumericPair pair) {
        double n = pair.referenceSize();
        double m = pair.currentSize();
        double total = n + m;
        double u = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < pair.size(); i++) {
            double rank = left + right + (pair.reference(i) + pair.current(i) + 1) / 2.0;
            u += n * squares(rank - left, pair.reference(i)) + m * squares(rank - right, pair.current(i));
            left += pair.reference(i);
            right += pair.current(i);
        }
        double statistic = u / (n * m * total) - (4 * n * m - 1) / (6 * total);
        double expected = (1 + 1 / total) / 6;
        double variance =
                (total + 1) * (4 * n * m * total - 3 * (n * n + m * m) - 2 * n * m) / (45 * total * total * 4 * n * m);
        double normed = 1.0 / 6 + (statistic - expected) / Math.sqrt(45 * variance);
        double pValue = normed < 0.003 ? 1 : Math.max(0, 1 - limitingDistribution(normed));
        return new TestResult(statistic, pValue);
    }

    /** The sum over j = 1 … count of (distance - j)². */
    private static double squares(double distance, double count) {
        double linear = count * (count + 1) / 2;
        double square = count * (count + 1) * (2 * count + 1) / 6;
        return count * distance * distance - 2 * distance * linear + square;
    }

    /** Anderson and Darling (1952), the distribution of the limit of Cramér and von Mises' statistic. */
    private static double limitingDistribution(double x) {
        double sum = 0;
        for (int k = 0; k < 60; k++) {
            double y = 4.0 * k + 1;
            double q = y * y / (16 * x);
            double factor = Math.exp(LogGamma.value(k + 0.5) - LogGamma.value(k + 1.0))
                    / (Math.pow(Math.PI, 1.5) * Math.sqrt(x));
            double term = factor * Math.sqrt(y) * Math.exp(-2 * q) * scaledBessel(q);
            sum += term;
            if (Math.abs(term) < 1e-16) {
                break;
            }
        }
        return sum;
    }

    /** The modified Bessel function of the second kind of order 1/4, times exp(x): its integral, by the trapezoid rule. */
    private static double scaledBessel(double x) {
        double step = 1.0 / 128;
        double sum = 0.5;
        for (double t = step; t < 40; t += step) {
            double term = Math.exp(-x * (Math.cosh(t) - 1)) * Math.cosh(0.25 * t);
            sum += term;
            if (term < 1e-18) {
                break;
            }
        }
        return sum * step;
    }

    /**
     * The two-sample Anderson-Darling statistic, adapted to ties and standardized, as the statistic of
     * {@code scipy.stats.anderson_ksamp} with mid-ranks (Scholz and Stephens 1987, A²akN).
     */
    public static double andersonDarling(NumericPair pair) {
        double total = (double) pair.referenceSize() + pair.currentSize();
        double sum = side(pair, true, total) / pair.referenceSize() + side(pair, false, total) / pair.currentSize();
        double statistic = sum * (total - 1) / total;
        return (statistic - 1) / Math.sqrt(andersonVariance(pair, total));
    }

    private static double side(NumericPair pair, boolean reference, double total) {
        double size = reference ? pair.referenceSize() : pair.currentSize();
        double sum = 0;
        double before = 0;
        double own = 0;
        for (int i = 0; i < pair.size(); i++) {
            double equal = (double) pair.reference(i) + pair.current(i);
            double ownEqual = reference ? pair.reference(i) : pair.current(i);
            double b = before + equal / 2;
            double m = own + ownEqual / 2;
            double denominator = b * (total - b) - total * equal / 4;
            if (denominator > 0) {
                sum += equal / total * Math.pow(total * m - b * size, 2) / denominator;
            }
            before += equal;
            own += ownEqual;
        }
        return sum;
    }

    /** Scholz and Stephens (1987), equation 4 with k = 2. */
    private static double andersonVariance(NumericPair pair, double total) {
        double inverse = 1.0 / pair.referenceSize() + 1.0 / pair.currentSize();
        int n = (int) Math.min(total, Integer.MAX_VALUE);
        double h = 0;
        double g = 0;
        for (int i = n - 1; i >= 1; i--) {
            h += 1.0 / i;
        }
        double partial = 0;
        for (int i = n - 1; i >= 2; i--) {
            partial += 1.0 / i;
            g += partial / (n - i + 1);
        }
        double a = (4 * g - 6) + (10 - 6 * g) * inverse;
        double b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
        double c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * inverse + 4 * h;
        double d = (2 * h + 6) * 4 - 8 * h;
        return (((a * total + b) * total + c) * total + d) / ((total - 1) * (total - 2) * (total - 3));
    }
}
