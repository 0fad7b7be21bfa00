package io.mldelivery.data;

import java.util.List;

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

    /** Which types are tried together; the later ones only where none of the former fits, because dates take time. */
    static final List<List<TextType>> STAGES = List.of(
            List.of(WHOLE, NUMBER), List.of(DAY, TIME), List.of(COMMA_NUMBER, DAY_FIRST, MONTH_FIRST, SAME_DAY));

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
}
