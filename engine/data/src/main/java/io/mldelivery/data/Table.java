package io.mldelivery.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** A table that {@link Tables} has read. Lives as long as the {@link Tables} it came from. */
public final class Table {
    private final String source;
    private final String sql;
    private final String numbered;
    private final List<Column> columns;
    private final long rows;
    private final BrokenRows broken;

    /** {@code numbered} is what stands behind FROM for a relation whose rows have a {@code row_number}. */
    Table(String source, String sql, String numbered, List<Column> columns, long rows, BrokenRows broken) {
        this.source = source;
        this.sql = sql;
        this.numbered = numbered;
        this.columns = List.copyOf(columns);
        this.rows = rows;
        this.broken = broken;
    }

    /** The rows of the file that could not be read and are not in the table. */
    public BrokenRows broken() {
        return broken;
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

    /** What stands behind {@code FROM} for the same table with a column {@code row_number} more. */
    public String numberedSql() {
        return numbered;
    }

    /**
     * A condition over {@link #numberedSql} that holds for about this many rows, drawn at random and the same ones for
     * the same seed; holds for all rows when the table has no more than that.
     */
    public String drawn(long about, long seed) {
        if (rows <= about) {
            return "true";
        }
        BigInteger limit = new BigDecimal(BigInteger.ONE.shiftLeft(64))
                .multiply(BigDecimal.valueOf(about))
                .divide(BigDecimal.valueOf(rows), 0, RoundingMode.FLOOR)
                .toBigInteger();
        return "hash(row_number, " + seed + ") < " + limit + "::UBIGINT";
    }

    /** As {@link #sql}, of the drawn rows only. */
    public String sampled(long about, long seed) {
        return rows <= about ? sql : "(SELECT * FROM " + numbered + " WHERE " + drawn(about, seed) + ")";
    }
}
