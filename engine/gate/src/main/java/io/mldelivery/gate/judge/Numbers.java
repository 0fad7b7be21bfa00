package io.mldelivery.gate.judge;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as sentences show them. */
final class Numbers {
    private Numbers() {}

    /** At most six significant digits. */
    static String show(double value) {
        if (!Double.isFinite(value)) {
            return value > 0 ? "infinity" : value < 0 ? "-infinity" : "NaN";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6, RoundingMode.HALF_EVEN));
        double size = Math.abs(value);
        return size < 1e-4 || size >= 1e9
                ? String.format(Locale.ROOT, "%.3g", value)
                : rounded.stripTrailingZeros().toPlainString();
    }

    /** As {@link #show}, with enough digits to differ from the limit it stands beside. */
    static String against(double value, double limit) {
        String shown = show(value);
        return value != limit && shown.equals(show(limit)) ? Double.toString(value) : shown;
    }

    /** A p-value. */
    static String p(double p) {
        return p < 1e-4 ? String.format(Locale.ROOT, "p = %.1e", p) : String.format(Locale.ROOT, "p = %.4f", p);
    }
}
