package io.mldelivery.data;

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
    OTHER
}
