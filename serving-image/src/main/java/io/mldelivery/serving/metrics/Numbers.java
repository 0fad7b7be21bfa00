package io.mldelivery.serving.metrics;

import java.math.BigDecimal;

/** Numbers as people read them: 0.0005, not 5.0E-4. */
final class Numbers {

    private Numbers() {}

    static String plain(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
