package io.mldelivery.rollout.plan;

import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on a measured value, such as {@code result >= 0.95 && result < 2} or {@code !(result == 0)}: comparisons of
 * {@code result} (also written {@code result[0]}) with a number, {@code isNaN(result)}, {@code &&}, {@code ||}, {@code !}
 * and parentheses.
 */
public final class Condition {
    private static final Pattern COMPARISON =
            Pattern.compile("result(?:\\[0])?\\s*(<=|>=|==|!=|<|>)\\s*(-?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)");
    private static final Pattern NOT_A_NUMBER = Pattern.compile("isNaN\\(\\s*result(?:\\[0])?\\s*\\)");

    private final String text;
    private final DoublePredicate test;

    private Condition(String text, DoublePredicate test) {
        this.text = text;
        this.test = test;
    }

    /**
     * Reads a condition.
     *
     * @throws IllegalArgumentException which says what is not understood
     */
    public static Condition parse(String text) {
        var reader = new Reader(text);
        DoublePredicate test = reader.either();
        reader.end();
        return new Condition(text, test);
    }

    public boolean holds(double value) {
        return test.test(value);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition condition && condition.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Recursive descent: or, and, not, atom. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        DoublePredicate either() {
            DoublePredicate left = both();
            while (accept("||")) {
                left = left.or(both());
            }
            return left;
        }

        private DoublePredicate both() {
            DoublePredicate left = one();
            while (accept("&&")) {
                left = left.and(one());
            }
            return left;
        }

        private DoublePredicate one() {
            if (accept("!")) {
                return one().negate();
            }
            if (accept("(")) {
                DoublePredicate inner = either();
                if (!accept(")")) {
                    throw wrong("a ')' is missing");
                }
                return inner;
            }
            return atom();
        }

        private DoublePredicate atom() {
            Matcher notANumber = here(NOT_A_NUMBER);
            if (notANumber.lookingAt()) {
                at = notANumber.end();
                return Double::isNaN;
            }
            Matcher comparison = here(COMPARISON);
            if (!comparison.lookingAt()) {
                throw wrong("a comparison such as result >= 0.95 is expected");
            }
            at = comparison.end();
            return comparison(comparison.group(1), Double.parseDouble(comparison.group(2)));
        }

        private static DoublePredicate comparison(String operator, double number) {
            return switch (operator) {
                case "<" -> value -> value < number;
                case "<=" -> value -> value <= number;
                case ">" -> value -> value > number;
                case ">=" -> value -> value >= number;
                case "==" -> value -> value == number;
                default -> value -> value != number;
            };
        }

        private Matcher here(Pattern pattern) {
            blanks();
            return pattern.matcher(text).region(at, text.length());
        }

        private boolean accept(String token) {
            blanks();
            boolean there = text.startsWith(token, at);
            at += there ? token.length() : 0;
            return there;
        }

        private void blanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        void end() {
            blanks();
            if (at < text.length()) {
                throw wrong("'" + text.substring(at) + "' is not understood");
            }
        }

        private IllegalArgumentException wrong(String problem) {
            return new IllegalArgumentException("condition '" + text + "': " + problem + " at character " + (at + 1));
        }
    }
}
