package io.mldelivery.drift.simulation;

import java.util.random.RandomGenerator;

/**
 * Draws counts from their exact distributions without drawing every row: W. Hörmann, "The generation of binomial random
 * variates" (1993), algorithm BTRS; where few successes are to be expected, the waiting times between them.
 */
final class Binomial {
    private static final double[] STIRLING = {
        0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
        0.01387612882307075, 0.01189670994589177, 0.01041126526197209, 0.009255462182712733, 0.008330563433362871
    };

    private Binomial() {}

    /** How many of n rows fall into each of some classes, whose probabilities sum to 1. */
    static long[] multinomial(RandomGenerator random, int n, double[] probabilities) {
        long[] counts = new long[probabilities.length];
        int rest = n;
        double mass = 1;
        for (int i = 0; i < counts.length - 1; i++) {
            counts[i] = draw(random, rest, Math.min(1, Math.max(0, probabilities[i] / mass)));
            rest -= (int) counts[i];
            mass -= probabilities[i];
        }
        counts[counts.length - 1] = rest;
        return counts;
    }

    /** The number of successes among n trials of probability p. */
    static int draw(RandomGenerator random, int n, double p) {
        if (p > 0.5) {
            return n - draw(random, n, 1 - p);
        }
        if (n == 0 || p == 0) {
            return 0;
        }
        return n * p < 10 ? byWaiting(random, n, p) : byRejection(random, n, p);
    }

    private static int byWaiting(RandomGenerator random, int n, double p) {
        double scale = Math.log1p(-p);
        double position = 0;
        int successes = -1;
        while (position <= n) {
            position += 1 + Math.floor(Math.log(1 - random.nextDouble()) / scale);
            successes++;
        }
        return successes;
    }

    private static int byRejection(RandomGenerator random, int n, double p) {
        double deviation = Math.sqrt(n * p * (1 - p));
        double b = 1.15 + 2.53 * deviation;
        double a = -0.0873 + 0.0248 * b + 0.01 * p;
        double safe = 0.92 - 4.2 / b;
        double alpha = (2.83 + 5.1 / b) * deviation;
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + n * p + 0.5);
            if (us >= 0.07 && v <= safe) {
                return (int) k;
            }
            if (k >= 0 && k <= n && Math.log(v * alpha / (a / (us * us) + b)) <= logRatio(k, n, p)) {
                return (int) k;
            }
        }
    }

    /** The logarithm of the probability of k over that of the most likely count. */
    private static double logRatio(double k, int n, double p) {
        double mode = Math.floor((n + 1) * p);
        double odds = p / (1 - p);
        return (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1)))
                + (n + 1.0) * Math.log((n - mode + 1) / (n - k + 1))
                + (k + 0.5) * Math.log(odds * (n - k + 1) / (k + 1))
                + stirling(mode)
                + stirling(n - mode)
                - stirling(k)
                - stirling(n - k);
    }

    /** What Stirling's formula lacks of log k!. */
    private static double stirling(double k) {
        if (k < STIRLING.length) {
            return STIRLING[(int) k];
        }
        double square = (k + 1) * (k + 1);
        return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
    }
}
