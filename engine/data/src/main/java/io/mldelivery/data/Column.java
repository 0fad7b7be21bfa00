package io.mldelivery.data;

import java.util.Objects;

/**
 * One column of a table.
 *
 * @param name the name as the file has it
 * @param kind what the values are
 * @param type DuckDB's name of the type, such as {@code BIGINT}
 */
public record Column(String name, ColumnKind kind, String type) {
    public Column {
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(type);
    }

    /** The name, quoted for SQL, whatever characters it holds. */
    public String sql() {
        return Sql.identifier(name);
    }
}
