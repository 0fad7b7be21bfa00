package io.mldelivery.runner.binding;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Names that someone may have meant. */
public final class Nearest {
    private Nearest() {}

    /** A sentence such as {@code "; did you mean: name?"}, or what is known where nothing is near. */
    public static String hint(Collection<String> unknown, Collection<String> known) {
        Set<String> near = new LinkedHashSet<>();
        for (String name : unknown) {
            known.stream().filter(candidate -> isNear(name, candidate)).forEach(near::add);
        }
        if (!near.isEmpty()) {
            return "; did you mean: " + String.join(", ", near) + "?";
        }
        return known.isEmpty() ? "; it has none" : "; known: " + String.join(", ", known);
    }

    /** The same as a line of its own. */
    public static String advice(Collection<String> unknown, Collection<String> known) {
        String hint = hint(unknown, known).substring("; ".length());
        return Character.toUpperCase(hint.charAt(0)) + hint.substring(1);
    }

    /** The known name with the fewest differences; empty where nothing is known. */
    public static String of(String unknown, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(unknown, candidate)))
                .orElse("");
    }

    private static boolean isNear(String name, String candidate) {
        String left = name.toLowerCase(Locale.ROOT);
        String right = candidate.toLowerCase(Locale.ROOT);
        return distance(left, right) <= Math.max(1, left.length() / 3)
                || left.length() > 2 && (right.startsWith(left) || left.startsWith(right) && right.length() > 2);
    }

    /** Levenshtein's distance. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
