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

    /** A bucket's upper bound as OpenMetrics wants it, whole numbers with a point, so that every format has one text. */
    static String bound(double value) {
        return value == Math.rint(value) ? plain(value) + ".0" : plain(value);
    }
}
