package io.mldelivery.gate.measure;

import java.util.SplittableRandom;

/**
 * Draws from Poisson distributions: by multiplication for small means, else by W. Hörmann's transformed rejection with
 * squeeze (PTRS, 1993), which is exact.
 */
final class Poisson {
    private static final double[] LOG_FACTORIALS = new double[126];

    static {
        for (int i = 1; i < LOG_FACTORIALS.length; i++) {
            LOG_FACTORIALS[i] = LOG_FACTORIALS[i - 1] + Math.log(i);
        }
    }

    private Poisson() {}

    static long next(double mean, SplittableRandom random) {
        return mean < 10 ? byMultiplication(mean, random) : byRejection(mean, random);
    }

    private static long byMultiplication(double mean, SplittableRandom random) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        long count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    private static long byRejection(double mean, SplittableRandom random) {
        double b = 0.931 + 2.53 * Math.sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double quick = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double us = 0.5 - Math.abs(u);
            long k = (long) Math.floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= quick) {
                return k;
            }
            boolean possible = k >= 0 && (us >= 0.013 || v <= us);
            if (possible
                    && Math.log(v * inverseAlpha / (a / (us * us) + b))
                            <= k * Math.log(mean) - mean - logFactorial(k)) {
                return k;
            }
        }
    }

    /** By the table, else by Stirling's series. */
    private static double logFactorial(long k) {
        if (k < LOG_FACTORIALS.length) {
            return LOG_FACTORIALS[(int) k];
        }
        double x = k + 1.0;
        return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + 1 / (12 * x) - 1 / (360 * x * x * x);
    }
}
