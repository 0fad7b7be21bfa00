package io.mldelivery.data.append;

/** What the values of an appended column are, with DuckDB's name of the type that holds them. */
public enum ValueType {
    WHOLE("BIGINT"),
    NUMBER("DOUBLE"),
    TRUTH("BOOLEAN"),
    TEXT("VARCHAR"),
    DAY("DATE"),
    MOMENT("TIMESTAMP"),
    /** A list of numbers, such as an embedding. */
    NUMBERS("DOUBLE[]"),
    /** Nested or binary values: the column is there, its values are left out. */
    UNREAD("BLOB");

    private final String sql;

    ValueType(String sql) {
        this.sql = sql;
    }

    public String sql() {
        return sql;
    }
}
