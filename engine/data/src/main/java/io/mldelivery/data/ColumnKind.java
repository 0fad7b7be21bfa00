package io.mldelivery.data;

import java.util.Set;

/** What the values of a column are, as far as statistics care. */
public enum ColumnKind {
    /** Numbers: compared by order and size. */
    NUMERIC,
    /** Names from a limited set, and truth values: compared by their counts. */
    CATEGORICAL,
    /** Free text: mostly different in every row. */
    TEXT,
    /** Dates and points in time. */
    DATETIME,
    /** Nested or binary values, which are not compared. */
    OTHER;

    /** Whether words are text is judged by so many rows from the start. */
    public static final int ROWS_LOOKED_AT = 10_000;

    private static final Set<String> NUMBERS = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE");
    private static final int LEAST_VALUES_OF_TEXT = 50;
    private static final int LEAST_VALUES_OF_IDENTIFIERS = 1000;

    /** The kind of a column of this DuckDB type; words are {@link #CATEGORICAL} unless {@link #isText} says otherwise. */
    public static ColumnKind of(String type) {
        if (NUMBERS.contains(type) || type.startsWith("DECIMAL(") && !type.endsWith("]")) {
            return NUMERIC;
        }
        if (type.equals("VARCHAR")
                || type.equals("BOOLEAN")
                || type.equals("UUID")
                || type.startsWith("ENUM(") && !type.endsWith("]")) {
            return CATEGORICAL;
        }
        boolean time = type.equals("DATE") || type.equals("TIME") || type.startsWith("TIMESTAMP");
        return time && !type.endsWith("]") ? DATETIME : OTHER;
    }

    /**
     * Whether words are text: sentences, or an identifier that differs in nearly every row.
     *
     * @param words the mean number of words of a value, as spaces separate them
     */
    public static boolean isText(long values, long distinct, double words) {
        boolean sentences = values >= LEAST_VALUES_OF_TEXT && distinct > 0.5 * values && words >= 3;
        boolean identifiers = values >= LEAST_VALUES_OF_IDENTIFIERS && distinct > 0.9 * values;
        return sentences || identifiers;
    }
}
