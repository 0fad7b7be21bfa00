package io.mldelivery.drift.duckdb;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Table;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.engine.Side;
import io.mldelivery.drift.engine.Values;
import io.mldelivery.drift.policy.Sampling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    /** What one statement has found, while it is fetched; no source has this name. */
    private static final String READING = "\"reading of numbers\"";

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
        return table.rows() <= sampling.rows() ? fetch(columns) : sample(columns);
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

    private List<Values> fetch(List<Column> columns) {
        return fetch(
                columns.size(),
                "SELECT " + columns.stream().map(this::number).collect(Collectors.joining(", ")) + " FROM "
                        + table.sql());
    }

    private List<Values> fetch(int columns, String sql) {
        long most = Math.min(table.rows(), sampling.rows());
        int expected = Math.toIntExact(most + most / MARGIN);
        List<Collector> collectors =
                Stream.generate(() -> new Collector(expected)).limit(columns).toList();
        tables.each(sql, row -> {
            for (int i = 0; i < collectors.size(); i++) {
                collectors.get(i).add(row.number(i + 1));
            }
        });
        return collectors.stream().map(Collector::values).toList();
    }

    /**
     * Counts over all rows and collects the drawn ones in one statement, so that the data is read once. The drawn rows are
     * one list of structures: one condition decides about a row, whatever the number of columns.
     */
    private List<Values> sample(List<Column> columns) {
        tables.execute("CREATE OR REPLACE TEMP TABLE " + READING + " AS SELECT " + counts(columns) + ", list("
                + structure(columns) + ") FILTER (WHERE " + table.drawn(sampling.rows(), sampling.seed())
                + ") AS drawn FROM " + table.numberedSql());
        try {
            List<Side> sides = sides(columns);
            List<Values> drawn = fetch(
                    columns.size(),
                    "SELECT unnest(one, recursive := true) FROM (SELECT unnest(drawn) AS one FROM " + READING + ")");
            return IntStream.range(0, columns.size())
                    .mapToObj(i -> new Values(sides.get(i), drawn.get(i).values()))
                    .toList();
        } finally {
            tables.execute("DROP TABLE " + READING);
        }
    }

    private String structure(List<Column> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> "v" + i + " := " + number(columns.get(i)))
                .collect(Collectors.joining(", ", "struct_pack(", ")"));
    }

    /** Of each column the values present, and how many of them are NaN and infinite. */
    private String counts(List<Column> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> {
                    String sql = columns.get(i).sql();
                    String unusual = isFloat(columns.get(i))
                            ? "count_if(isnan(" + sql + ")) AS n" + i + ", count_if(isinf(" + sql + ")) AS f" + i
                            : "0 AS n" + i + ", 0 AS f" + i;
                    return "count(" + sql + ") AS p" + i + ", " + unusual;
                })
                .collect(Collectors.joining(", "));
    }

    private List<Side> sides(List<Column> columns) {
        return tables.query(
                        "SELECT * EXCLUDE (drawn) FROM " + READING,
                        row -> IntStream.range(0, columns.size())
                                .mapToObj(i ->
                                        side(row.integer(3 * i + 1), row.integer(3 * i + 2), row.integer(3 * i + 3)))
                                .toList())
                .get(0);
    }

    private Side side(long present, long nan, long infinite) {
        return new Side(table.rows() - present + nan, infinite, present - nan - infinite);
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
