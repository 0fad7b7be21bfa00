package io.mldelivery.data;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many values of one column of text can be read as which type. */
final class TypeCounts {
    private final char delimiter;
    private final Map<TextType, Long> counts = new EnumMap<>(TextType.class);
    private long values;

    TypeCounts(char delimiter) {
        this.delimiter = delimiter;
    }

    void values(long count) {
        values = count;
    }

    void add(TextType type, long count) {
        counts.put(type, count);
    }

    private boolean fits(TextType type) {
        return counts.getOrDefault(type, -1L) == values;
    }

    /** Whether wider types must be tried. */
    boolean isOpen() {
        return counts.isEmpty() || plain().isEmpty();
    }

    private Optional<TextType> plain() {
        return List.of(TextType.WHOLE, TextType.NUMBER, TextType.DAY, TextType.TIME).stream()
                .filter(this::fits)
                .findFirst();
    }

    /** The narrowest type that every value can be read as. */
    TextType narrowest() {
        if (values == 0) {
            return TextType.NUMBER;
        }
        if (plain().isEmpty() && delimiter != ',' && fits(TextType.COMMA_NUMBER)) {
            return TextType.COMMA_NUMBER;
        }
        return plain().or(this::date).orElse(TextType.TEXT);
    }

    /** 03/04/2026 is March or April: a column in which both readings fit every value and differ stays text. */
    private Optional<TextType> date() {
        boolean dayFirst = fits(TextType.DAY_FIRST);
        boolean monthFirst = fits(TextType.MONTH_FIRST);
        if (dayFirst && monthFirst && !fits(TextType.SAME_DAY)) {
            return Optional.empty();
        }
        return dayFirst
                ? Optional.of(TextType.DAY_FIRST)
                : monthFirst ? Optional.of(TextType.MONTH_FIRST) : Optional.empty();
    }
}
