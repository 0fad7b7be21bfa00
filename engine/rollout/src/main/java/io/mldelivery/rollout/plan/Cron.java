package io.mldelivery.rollout.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Points in time as crontab(5) writes them: minute, hour, day of month, month, day of week (0 and 7 are Sunday; names of months
 * and days are known), each {@code *}, a number, a range {@code a-b}, a step {@code /n}, or a list of these. As there, a
 * restricted day of month and a restricted day of week are alternatives.
 */
public final class Cron {
    private static final Pattern PART = Pattern.compile("(\\*|\\w+)(?:-(\\w+))?(?:/(\\d+))?");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private final String text;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet daysOfMonth;
    private final BitSet months;
    private final BitSet daysOfWeek;
    private final boolean anyDayOfMonth;
    private final boolean anyDayOfWeek;

    private Cron(String text, String[] fields) {
        this.text = text;
        this.minutes = field(fields[0], 0, 59, List.of());
        this.hours = field(fields[1], 0, 23, List.of());
        this.daysOfMonth = field(fields[2], 1, 31, List.of());
        this.months = field(fields[3], 1, 12, MONTHS);
        this.daysOfWeek = field(fields[4], 0, 7, DAYS);
        this.anyDayOfMonth = fields[2].startsWith("*");
        this.anyDayOfWeek = fields[4].startsWith("*");
    }

    /**
     * Reads five fields.
     *
     * @throws IllegalArgumentException which says what is wrong
     */
    public static Cron parse(String text) {
        String[] fields = text.trim().split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("'" + text + "' has " + fields.length
                    + " fields; minute, hour, day of month, month and day of week are needed");
        }
        return new Cron(text.trim(), fields);
    }

    private static BitSet field(String text, int least, int most, List<String> names) {
        var values = new BitSet();
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + part + "' is no field of a cron expression");
            }
            add(values, matcher, least, most, names);
        }
        return values;
    }

    private static void add(BitSet values, Matcher part, int least, int most, List<String> names) {
        boolean any = part.group(1).equals("*");
        int from = any ? least : number(part.group(1), least, most, names);
        int single = part.group(3) == null ? from : most;
        int to = any ? most : part.group(2) == null ? single : number(part.group(2), least, most, names);
        int step = part.group(3) == null ? 1 : Integer.parseInt(part.group(3));
        if (to < from || step < 1) {
            throw new IllegalArgumentException("'" + part.group() + "' is an empty range");
        }
        for (int value = from; value <= to; value += step) {
            values.set(value);
        }
    }

    private static int number(String text, int least, int most, List<String> names) {
        int name = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (name >= 0) {
            return name + (names == MONTHS ? 1 : 0);
        }
        int value = text.matches("\\d{1,2}") ? Integer.parseInt(text) : -1;
        if (value < least || value > most) {
            throw new IllegalArgumentException("'" + text + "' is not a value from " + least + " to " + most);
        }
        return value;
    }

    /** The last such point in time on this day that is not after {@code now}; empty when there is none. */
    Optional<Instant> lastOn(LocalDate day, ZoneId zone, Instant now) {
        if (!matches(day)) {
            return Optional.empty();
        }
        for (int hour = hours.length() - 1; hour >= 0; hour = hours.previousSetBit(hour - 1)) {
            for (int minute = minutes.length() - 1; minute >= 0; minute = minutes.previousSetBit(minute - 1)) {
                Instant instant = day.atTime(hour, minute).atZone(zone).toInstant();
                if (!instant.isAfter(now)) {
                    return Optional.of(instant);
                }
            }
        }
        return Optional.empty();
    }

    private boolean matches(LocalDate day) {
        int weekday = day.getDayOfWeek().getValue();
        boolean dayOfWeek = daysOfWeek.get(weekday) || weekday == 7 && daysOfWeek.get(0);
        boolean dayOfMonth = daysOfMonth.get(day.getDayOfMonth());
        boolean either = anyDayOfMonth || anyDayOfWeek ? dayOfMonth && dayOfWeek : dayOfMonth || dayOfWeek;
        return months.get(day.getMonthValue()) && either;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
