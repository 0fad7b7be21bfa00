package jenkins.util;

import java.time.Duration;
import java.util.logging.Level;

/** System properties with types and defaults. */
public class SystemProperties {
    private SystemProperties() {}

    public static String getString(String key) {
        return System.getProperty(key);
    }

    public static String getString(String key, String def) {
        return System.getProperty(key, def);
    }

    public static String getString(String key, String def, Level logLevel) {
        return getString(key, def);
    }

    public static boolean getBoolean(String name) {
        return Boolean.getBoolean(name);
    }

    public static boolean getBoolean(String name, boolean def) {
        String v = System.getProperty(name);
        return v == null ? def : Boolean.parseBoolean(v);
    }

    public static Integer getInteger(String name) {
        return Integer.getInteger(name);
    }

    public static Integer getInteger(String name, Integer def) {
        return Integer.getInteger(name, def);
    }

    public static Long getLong(String name) {
        return Long.getLong(name);
    }

    public static Long getLong(String name, Long def) {
        return Long.getLong(name, def);
    }

    /** A plain number means milliseconds; the suffixes ms, s, m, h and d are known. */
    public static Duration getDuration(String name) {
        return getDuration(name, (Duration) null);
    }

    public static Duration getDuration(String name, Duration defaultValue) {
        String v = System.getProperty(name);
        return v == null ? defaultValue : parse(v.trim());
    }

    private static Duration parse(String v) {
        String number = v.replaceAll("[^0-9-]", "");
        long n = Long.parseLong(number);
        return switch (v.substring(number.length()).trim()) {
            case "", "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            case "d" -> Duration.ofDays(n);
            default -> throw new IllegalArgumentException("not a duration: " + v);
        };
    }
}
