package hudson;

/** Formats durations as Jenkins writes them. */
final class TimeSpan {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long MONTH = 30 * DAY;
    private static final long YEAR = 365 * DAY;

    private TimeSpan() {}

    static String format(long ms) {
        if (ms >= YEAR) {
            return two(ms / YEAR, " yr", (ms % YEAR) / MONTH, " mo");
        }
        if (ms >= MONTH) {
            return two(ms / MONTH, " mo", (ms % MONTH) / DAY, days((ms % MONTH) / DAY));
        }
        if (ms >= DAY) {
            return two(ms / DAY, days(ms / DAY), (ms % DAY) / HOUR, " hr");
        }
        return belowDay(ms);
    }

    private static String belowDay(long ms) {
        if (ms >= HOUR) {
            return two(ms / HOUR, " hr", (ms % HOUR) / MINUTE, " min");
        }
        if (ms >= MINUTE) {
            return two(ms / MINUTE, " min", (ms % MINUTE) / SECOND, " sec");
        }
        if (ms >= 10 * SECOND) {
            return ms / SECOND + " sec";
        }
        return belowTenSeconds(ms);
    }

    private static String belowTenSeconds(long ms) {
        if (ms >= SECOND) {
            return fraction(ms / 100) + " sec";
        }
        return ms >= 100 ? fraction(ms / 100) + " sec" : ms + " ms";
    }

    private static String fraction(long tenths) {
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    private static String days(long n) {
        return n == 1 ? " day" : " days";
    }

    private static String two(long big, String bigUnit, long small, String smallUnit) {
        return big >= 10 ? big + bigUnit : big + bigUnit + " " + small + smallUnit;
    }
}
