package io.mldelivery.drift.duckdb;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Table;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.engine.Side;
import io.mldelivery.drift.engine.Values;
import io.mldelivery.drift.policy.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Fetches the values of some numeric columns of one table, or of what stands for a number in other columns: all
 * values of a small table; of a large one a sample, and counts over all rows.
 */
final class NumericReader {
    private static final long VALUES_AT_ONCE = 1_000_000;

    /** Of wide tables more, because each reading has to find its columns among all. */
    private static final long VALUES_AT_ONCE_OF_MANY_COLUMNS = 5_000_000;

    private static final int MANY_COLUMNS = 100;
    /** A random sample is larger than asked for by less than a part of this size, nearly always. */
    private static final int MARGIN = 50;

    private static final int MOST_COLUMNS = 1000;

    private final Tables tables;
    private final Table table;
    private final Sampling sampling;

    NumericReader(Tables tables, Table table, Sampling sampling) {
        this.tables = tables;
        this.table = table;
        this.sampling = sampling;
    }

    /** How many columns of a table to read at once when so many values of each are held. */
    static int columnsAtOnce(Table table, long rows) {
        long values = table.columns().size() > MANY_COLUMNS ? VALUES_AT_ONCE_OF_MANY_COLUMNS : VALUES_AT_ONCE;
        return (int) Math.max(1, Math.min(MOST_COLUMNS, values / Math.max(1, rows)));
    }

    /** Reads the columns, which have these names in the table and are of the given kinds. */
    List<Values> read(List<Column> columns) {
        return table.rows() <= sampling.rows() ? fetch(columns, table.sql()) : sample(columns);
    }

    /**
     * A text counts by its length in characters, a point in time by its seconds since 1970. A column that is empty on this side
     * may be of another type here.
     */
    private String number(Column column) {
        return switch (column.kind()) {
            case TEXT -> "CAST(length(CAST(" + column.sql() + " AS VARCHAR)) AS DOUBLE)";
            case DATETIME ->
                moment(column).map(sql -> "CAST(epoch(" + sql + ") AS DOUBLE)").orElse("CAST(NULL AS DOUBLE)");
            case NUMERIC, CATEGORICAL, OTHER -> "CAST(" + column.sql() + " AS DOUBLE)";
        };
    }

    private Optional<String> moment(Column column) {
        return table.column(column.name())
                .filter(own -> own.kind() == ColumnKind.DATETIME)
                .map(PointInTime::sql);
    }

    private List<Values> fetch(List<Column> columns, String rows) {
        long most = Math.min(table.rows(), sampling.rows());
        int expected = Math.toIntExact(most + most / MARGIN);
        String selected = columns.stream().map(this::number).collect(Collectors.joining(", "));
        List<Collector> collectors =
                columns.stream().map(column -> new Collector(expected)).toList();
        tables.each("SELECT " + selected + " FROM " + rows, row -> {
            for (int i = 0; i < collectors.size(); i++) {
                collectors.get(i).add(row.number(i + 1));
            }
        });
        return collectors.stream().map(Collector::values).toList();
    }

    /** The database finds the drawn rows by their number first and decodes the others' values only in part. */
    private List<Values> sample(List<Column> columns) {
        List<Values> drawn = fetch(columns, table.sampled(sampling.rows(), sampling.seed()));
        List<Extent> extents = extents(columns);
        List<Values> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(new Values(
                    side(columns.get(i), extents.get(i), drawn.get(i).side()),
                    drawn.get(i).values()));
        }
        return values;
    }

    private record Extent(long present, double min, double max) {}

    /** Over all rows; Parquet knows these without being read. */
    private List<Extent> extents(List<Column> columns) {
        String measures = columns.stream()
                .map(column -> "count(" + column.sql() + "), "
                        + (isFloat(column) ? "min(" + column.sql() + "), max(" + column.sql() + ")" : "0, 0"))
                .collect(Collectors.joining(", "));
        return tables.query("SELECT " + measures + " FROM " + table.sql(), row -> {
                    List<Extent> extents = new ArrayList<>();
                    for (int i = 0; i < columns.size(); i++) {
                        extents.add(new Extent(row.integer(3 * i + 1), row.number(3 * i + 2), row.number(3 * i + 3)));
                    }
                    return extents;
                })
                .get(0);
    }

    /**
     * NaN and infinity are counted over all rows only when there is a sign of them: an extreme that is infinite or NaN,
     * or a NaN in the sample. (Some writers leave NaN out of the extremes; one that no sampled row shows is rarer than
     * one row in some ten thousand.)
     */
    private Side side(Column column, Extent extent, Side drawn) {
        long known = drawn.rows() - drawn.values();
        boolean clean = !isFloat(column)
                || extent.present() == 0
                || Double.isFinite(extent.min())
                        && Double.isFinite(extent.max())
                        && (known == 0 || !sampleHasNan(column));
        if (clean) {
            return new Side(table.rows() - extent.present(), 0, extent.present());
        }
        String sql = column.sql();
        return tables.query(
                        "SELECT count_if(isnan(" + sql + ")), count_if(isinf(" + sql + ")) FROM " + table.sql(),
                        row -> new Side(
                                table.rows() - extent.present() + row.integer(1),
                                row.integer(2),
                                extent.present() - row.integer(1) - row.integer(2)))
                .get(0);
    }

    private boolean sampleHasNan(Column column) {
        return tables.query(
                                "SELECT count_if(isnan(" + column.sql() + ")) FROM "
                                        + table.sampled(sampling.rows(), sampling.seed()),
                                row -> row.integer(1))
                        .get(0)
                > 0;
    }

    private boolean isFloat(Column column) {
        String type = table.column(column.name()).orElse(column).type();
        return type.equals("DOUBLE") || type.equals("FLOAT");
    }

    private static final class Collector {
        private double[] values;
        private int size;
        private long nulls;
        private long infinite;

        /** {@code expected} values come, or few more. */
        Collector(int expected) {
            values = new double[expected];
        }

        void add(double value) {
            if (Double.isNaN(value)) {
                nulls++;
            } else if (Double.isInfinite(value)) {
                infinite++;
            } else {
                if (size == values.length) {
                    values = Arrays.copyOf(values, size + size / 2 + 16);
                }
                values[size++] = value == 0 ? 0.0 : value;
            }
        }

        Values values() {
            double[] sorted = size == values.length ? values : Arrays.copyOf(values, size);
            values = new double[0];
            Arrays.sort(sorted);
            return new Values(new Side(nulls, infinite, size), sorted);
        }
    }
}
