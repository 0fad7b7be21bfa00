package io.mldelivery.data;

import java.util.List;
import java.util.Optional;

/** A table that {@link Tables} has read. Lives as long as the {@link Tables} it came from. */
public final class Table {
    private final String source;
    private final String sql;
    private final List<Column> columns;
    private final long rows;

    Table(String source, String sql, List<Column> columns, long rows) {
        this.source = source;
        this.sql = sql;
        this.columns = List.copyOf(columns);
        this.rows = rows;
    }

    /** The source as the user wrote it, for messages. */
    public String source() {
        return source;
    }

    /** The table's name, quoted: stands behind {@code FROM}. */
    public String sql() {
        return sql;
    }

    /** The columns in the order of the file. */
    public List<Column> columns() {
        return columns;
    }

    /** The column with this name, in the same case. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    public long rows() {
        return rows;
    }
}
