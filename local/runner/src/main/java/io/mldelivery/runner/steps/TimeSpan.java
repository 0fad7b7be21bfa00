package io.mldelivery.runner.steps;

import java.math.BigDecimal;

/** Durations as Jenkins words them: {@code 1 min 30 sec}, {@code 0.12 sec}. */
public final class TimeSpan {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private TimeSpan() {}

    /** The words for a duration in milliseconds. */
    public static String of(long millis) {
        if (millis >= DAY) {
            long days = millis / DAY;
            return span(days, days == 1 ? "day" : "days", millis % DAY / HOUR, "hr");
        }
        if (millis >= HOUR) {
            return span(millis / HOUR, "hr", millis % HOUR / MINUTE, "min");
        }
        if (millis >= MINUTE) {
            return span(millis / MINUTE, "min", millis % MINUTE / SECOND, "sec");
        }
        return seconds(millis);
    }

    private static String span(long big, String bigUnit, long small, String smallUnit) {
        return big < 10 ? big + " " + bigUnit + " " + small + " " + smallUnit : big + " " + bigUnit;
    }

    private static String seconds(long millis) {
        if (millis >= 10 * SECOND) {
            return millis / SECOND + " sec";
        }
        if (millis >= SECOND) {
            return decimal(millis / 100, 10) + " sec";
        }
        return millis >= 100 ? decimal(millis / 10, 100) + " sec" : millis + " ms";
    }

    private static String decimal(long value, int scale) {
        return BigDecimal.valueOf(value)
                .divide(BigDecimal.valueOf(scale))
                .stripTrailingZeros()
                .toPlainString();
    }
}
