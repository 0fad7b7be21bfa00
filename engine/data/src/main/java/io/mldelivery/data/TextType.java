package io.mldelivery.data;

import java.util.List;
import java.util.Optional;

/** What a column of text can be read as. Constants stand from the narrowest to the widest. */
enum TextType {
    WHOLE("regexp_full_match(%1$s, '[+-]?\\d{1,18}')", "CAST(%1$s AS BIGINT)"),
    NUMBER("TRY_CAST(%1$s AS DOUBLE) IS NOT NULL", "CAST(%1$s AS DOUBLE)"),
    DAY("regexp_full_match(%1$s, '\\d{4}-\\d\\d-\\d\\d') AND TRY_CAST(%1$s AS DATE) IS NOT NULL", "CAST(%1$s AS DATE)"),
    TIME("TRY_CAST(%1$s AS TIMESTAMP) IS NOT NULL", "CAST(%1$s AS TIMESTAMP)"),
    /** 1.234,5: only where a comma does not separate the columns. */
    COMMA_NUMBER(
            "regexp_full_match(%1$s, '[+-]?(\\d+|\\d{1,3}(\\.\\d{3})+)(,\\d+)?')",
            "CAST(replace(replace(%1$s, '.', ''), ',', '.') AS DOUBLE)"),
    /** 24.12.2026, 24/12/2026, 24-Dec-2026, 2026/12/24, also with a time and mixed with the ISO form. */
    DAY_FIRST(Dates.read("%d/%m/%Y") + " IS NOT NULL", Dates.read("%d/%m/%Y")),
    /** The same with 12/24/2026. */
    MONTH_FIRST(Dates.read("%m/%d/%Y") + " IS NOT NULL", Dates.read("%m/%d/%Y")),
    /** No test: whether the last two read every value alike. */
    SAME_DAY("(" + Dates.read("%d/%m/%Y") + ") = (" + Dates.read("%m/%d/%Y") + ")", ""),
    TEXT("true", "%1$s");

    private static final class Dates {
        static String read(String slashed) {
            StringBuilder forms = new StringBuilder();
            for (String form : List.of(slashed, "%d.%m.%Y", "%Y/%m/%d", "%d-%b-%Y", "%d %b %Y")) {
                for (String time : List.of("", " %H:%M", " %H:%M:%S")) {
                    forms.append(forms.isEmpty() ? "" : ", ")
                            .append('\'')
                            .append(form)
                            .append(time)
                            .append('\'');
                }
            }
            String escaped = forms.toString().replace("%", "%%");
            return "coalesce(TRY_CAST(%1$s AS TIMESTAMP), try_strptime(%1$s, [" + escaped + "]))";
        }
    }

    private final String test;
    private final String cast;

    TextType(String test, String cast) {
        this.test = test;
        this.cast = cast;
    }

    /** Counts the values of a column that can be read as this. */
    String count(String column) {
        return "count_if(" + String.format(test, column) + ")";
    }

    /** Reads a column as this. */
    String cast(String column) {
        return String.format(cast, column);
    }

    /**
     * The narrowest type that every value can be read as.
     *
     * @param counts for each constant but {@link #TEXT}, in order, how many values can be read as it
     */
    static TextType narrowest(long values, long[] counts, char delimiter) {
        if (values == 0) {
            return NUMBER;
        }
        for (TextType type : List.of(WHOLE, NUMBER, DAY, TIME)) {
            if (counts[type.ordinal()] == values) {
                return type;
            }
        }
        if (delimiter != ',' && counts[COMMA_NUMBER.ordinal()] == values) {
            return COMMA_NUMBER;
        }
        return date(values, counts).orElse(TEXT);
    }

    /** 03/04/2026 is March or April: a column in which both readings fit every value and differ stays text. */
    private static Optional<TextType> date(long values, long[] counts) {
        boolean dayFirst = counts[DAY_FIRST.ordinal()] == values;
        boolean monthFirst = counts[MONTH_FIRST.ordinal()] == values;
        if (dayFirst && monthFirst && counts[SAME_DAY.ordinal()] != values) {
            return Optional.empty();
        }
        return dayFirst ? Optional.of(DAY_FIRST) : monthFirst ? Optional.of(MONTH_FIRST) : Optional.empty();
    }
}
