package io.mldelivery.site;

import java.math.BigInteger;

/**
 * A version of Jenkins or of a plugin, such as {@code 2.541.3} or {@code 1413.v2ff1a_5e720fa_}. Parts between dots and hyphens are compared
 * one by one: numbers as numbers, a number is newer than a word, a missing part counts as 0, words by their characters.
 */
record PluginVersion(String text) implements Comparable<PluginVersion> {
    boolean olderThan(PluginVersion other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(PluginVersion other) {
        String[] mine = text.split("[.-]");
        String[] theirs = other.text.split("[.-]");
        for (int i = 0; i < Math.max(mine.length, theirs.length); i++) {
            int difference = compare(i < mine.length ? mine[i] : "0", i < theirs.length ? theirs[i] : "0");
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int compare(String a, String b) {
        boolean number = a.matches("[0-9]+");
        if (number != b.matches("[0-9]+")) {
            return number ? 1 : -1;
        }
        return number ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
    }
}
