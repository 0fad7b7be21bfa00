package io.mldelivery.data.address;

import java.util.regex.Pattern;

/** Patterns of object names: {@code *} and {@code ?} stop at slashes, {@code **} does not, {@code [abc]} is one of these. */
final class ObjectPattern {
    private ObjectPattern() {}

    static Pattern of(String pattern) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int close = c == '[' ? pattern.indexOf(']', i + 2) : -1;
            if (pattern.startsWith("**", i)) {
                expression.append(".*");
                i++;
            } else if (c == '*') {
                expression.append("[^/]*");
            } else if (c == '?') {
                expression.append("[^/]");
            } else if (close > 0) {
                expression.append(choice(pattern.substring(i + 1, close)));
                i = close;
            } else {
                expression.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }

    private static String choice(String characters) {
        boolean not = characters.startsWith("!");
        String escaped = characters.substring(not ? 1 : 0).replaceAll("[\\[\\]\\\\^&]", "\\\\$0");
        return "[" + (not ? "^" : "") + escaped + "]";
    }
}
