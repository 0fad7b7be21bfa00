package io.mldelivery.stats;

import java.util.stream.IntStream;

/** Corrections of p-values for the number of tests made; adjusted p-values are compared with the error rate itself. */
public enum MultipleTesting {
    /** Each p-value times the number of tests. */
    BONFERRONI,
    /** For independent tests, exact. */
    SIDAK,
    /** S. Holm (1979): Bonferroni, stepping down; bounds the chance of any false finding, whatever the dependence. */
    HOLM,
    /** Sidak, stepping down. */
    HOLM_SIDAK,
    /** Hochberg (1988): Holm's factors, stepping up; for independent or positively dependent tests. */
    HOCHBERG,
    /** G. Hommel (1988); for independent or positively dependent tests. */
    HOMMEL,
    /** Y. Benjamini, Y. Hochberg (1995): bounds the share of false findings among the findings. */
    BENJAMINI_HOCHBERG,
    /** Y. Benjamini, D. Yekutieli (2001): the same under any dependence. */
    BENJAMINI_YEKUTIELI;

    /** The adjusted p-values, in the order given. */
    public double[] adjust(double... pValues) {
        int n = pValues.length;
        int[] order = Order.ascending(pValues);
        double[] sorted = IntStream.of(order).mapToDouble(i -> pValues[i]).toArray();
        double[] adjusted = this == HOMMEL ? hommel(sorted) : monotone(scaled(sorted));
        double[] result = new double[n];
        for (int i = 0; i < n; i++) {
            result[order[i]] = Math.min(1, adjusted[i]);
        }
        return result;
    }

    private double[] scaled(double[] sorted) {
        double[] scaled = new double[sorted.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = scaled(sorted[i], i + 1, scaled.length);
        }
        return scaled;
    }

    private double scaled(double p, int rank, int n) {
        return switch (this) {
            case BONFERRONI, HOMMEL -> p * n;
            case SIDAK -> -Math.expm1(n * Math.log1p(-p));
            case HOLM, HOCHBERG -> p * (n - rank + 1);
            case HOLM_SIDAK -> -Math.expm1((n - rank + 1) * Math.log1p(-p));
            case BENJAMINI_HOCHBERG -> p * n / rank;
            case BENJAMINI_YEKUTIELI -> p * n / rank * harmonic(n);
        };
    }

    private static double harmonic(int n) {
        return IntStream.rangeClosed(1, n).mapToDouble(i -> 1.0 / i).sum();
    }

    private double[] monotone(double[] values) {
        switch (this) {
            case HOLM, HOLM_SIDAK -> stepDown(values);
            case HOCHBERG, BENJAMINI_HOCHBERG, BENJAMINI_YEKUTIELI -> stepUp(values);
            case BONFERRONI, SIDAK, HOMMEL -> {}
        }
        return values;
    }

    private static void stepDown(double[] values) {
        for (int i = 1; i < values.length; i++) {
            values[i] = Math.max(values[i], values[i - 1]);
        }
    }

    private static void stepUp(double[] values) {
        for (int i = values.length - 2; i >= 0; i--) {
            values[i] = Math.min(values[i], values[i + 1]);
        }
    }

    /** S. P. Wright, "Adjusted p-values for simultaneous inference", Biometrics 48 (1992), appendix. */
    private static double[] hommel(double[] sorted) {
        int n = sorted.length;
        double[] adjusted = sorted.clone();
        for (int m = n; m > 1; m--) {
            double least = Double.POSITIVE_INFINITY;
            for (int i = n - m + 1; i <= n; i++) {
                least = Math.min(least, m * sorted[i - 1] / (m + i - n));
            }
            for (int i = 1; i <= n; i++) {
                double bound = i > n - m ? least : Math.min(least, m * sorted[i - 1]);
                adjusted[i - 1] = Math.max(adjusted[i - 1], bound);
            }
        }
        return adjusted;
    }
}
