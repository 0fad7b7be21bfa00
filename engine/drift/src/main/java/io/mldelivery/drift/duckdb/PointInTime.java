package io.mldelivery.drift.duckdb;

import io.mldelivery.data.Column;

/** Points in time of all types as SQL that DuckDB's functions take. */
final class PointInTime {
    /** What pandas writes for times with a zone, which functions and casts do not know. */
    private static final String NANOSECONDS_WITH_ZONE = "TIMESTAMPTZ_NS";

    private PointInTime() {}

    static String sql(Column column) {
        return column.type().equals(NANOSECONDS_WITH_ZONE)
                ? "CAST(" + column.sql() + " AS TIMESTAMP WITH TIME ZONE)"
                : column.sql();
    }
}
