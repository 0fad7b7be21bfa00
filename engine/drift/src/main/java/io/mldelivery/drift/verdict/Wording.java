package io.mldelivery.drift.verdict;

import java.util.Locale;

/** How numbers stand in reasons. */
final class Wording {
    private static final double LEAST_P = 1e-300;

    private Wording() {}

    static String number(double value) {
        if (value == 0 || Math.abs(value) >= 0.001 && Math.abs(value) < 1e6) {
            return String.format(Locale.ROOT, "%.4g", value).replaceFirst("\\.?0+$", "");
        }
        return String.format(Locale.ROOT, "%.2e", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", share * 100).replaceFirst("\\.0$", "") + " %";
    }

    /** A p-value; one too small for a number is a bound. */
    static String pValue(double p) {
        return p < LEAST_P ? "< 1e-300" : number(p);
    }
}
