package io.mldelivery.drift.measure;

import io.mldelivery.data.Column;
import io.mldelivery.data.Row;
import io.mldelivery.data.Table;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.policy.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fetches the values of some numeric columns of one table, or of what stands for a number in other columns, in one pass:
 * all values of a small table; of a large one a sample, and counts over all rows.
 */
public final class NumericReader {
    private static final long VALUES_AT_ONCE = 5_000_000;
    private static final int MOST_COLUMNS = 200;

    private final Tables tables;
    private final Table table;
    private final Sampling sampling;

    public NumericReader(Tables tables, Table table, Sampling sampling) {
        this.tables = tables;
        this.table = table;
        this.sampling = sampling;
    }

    /**
     * One column's part of a table.
     *
     * @param values finite values in ascending order
     */
    public record Values(Side side, double[] values) {}

    /** How many columns to read at once so that at most about {@value #VALUES_AT_ONCE} values are held. */
    public static int columnsAtOnce(long rows) {
        return (int) Math.max(1, Math.min(MOST_COLUMNS, VALUES_AT_ONCE / Math.max(1, rows)));
    }

    /** Reads the columns, which have these names in the table and are of the given kinds. */
    public List<Values> read(List<Column> columns) {
        return table.rows() <= sampling.rows() ? all(columns) : sample(columns);
    }

    /** A text counts by its length in characters, a point in time by its seconds since 1970. */
    private static String number(Column column) {
        return switch (column.kind()) {
            case TEXT -> "CAST(length(CAST(" + column.sql() + " AS VARCHAR)) AS DOUBLE)";
            case DATETIME -> "CAST(epoch(" + column.sql() + ") AS DOUBLE)";
            case NUMERIC, CATEGORICAL, OTHER -> "CAST(" + column.sql() + " AS DOUBLE)";
        };
    }

    private List<Values> all(List<Column> columns) {
        String selected = columns.stream().map(NumericReader::number).collect(Collectors.joining(", "));
        List<Collector> collectors = columns.stream().map(column -> new Collector()).toList();
        tables.each("SELECT " + selected + " FROM " + table.sql(), row -> {
            for (int i = 0; i < collectors.size(); i++) {
                collectors.get(i).add(row.number(i + 1));
            }
        });
        return collectors.stream().map(Collector::values).toList();
    }

    private List<Values> sample(List<Column> columns) {
        String drawn = table.drawn(sampling.rows(), sampling.seed());
        String measures = columns.stream()
                .flatMap(column -> {
                    String number = number(column);
                    boolean floats = floats(column);
                    String nan = floats ? "count_if(isnan(" + number + "))" : "0";
                    String infinite = floats ? "count_if(isinf(" + number + "))" : "0";
                    String finite = floats ? "isfinite(" + number + ")" : column.sql() + " IS NOT NULL";
                    return Stream.of("count(" + column.sql() + ")", nan, infinite,
                            "list(" + number + ") FILTER (WHERE drawn AND " + finite + ")");
                })
                .collect(Collectors.joining(", "));
        String selected = columns.stream().map(Column::sql).collect(Collectors.joining(", "));
        return tables.query("SELECT " + measures + " FROM (SELECT " + selected + ", " + drawn + " AS drawn FROM "
                + table.numberedSql() + ")", row -> sample(columns, row)).get(0);
    }

    private boolean floats(Column column) {
        String type = table.column(column.name()).orElse(column).type();
        return type.equals("DOUBLE") || type.equals("FLOAT");
    }

    private List<Values> sample(List<Column> columns, Row row) {
        List<Values> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            long notNull = row.integer(4 * i + 1);
            long nan = row.integer(4 * i + 2);
            long infinite = row.integer(4 * i + 3);
            double[] drawn = row.numbers(4 * i + 4);
            Arrays.setAll(drawn, j -> unsigned(drawn, j));
            Arrays.sort(drawn);
            values.add(new Values(new Side(table.rows() - notNull + nan, infinite, notNull - nan - infinite), drawn));
        }
        return values;
    }

    /** One zero, without a sign. */
    private static double unsigned(double[] values, int index) {
        return values[index] == 0 ? 0.0 : values[index];
    }

    private static final class Collector {
        private double[] values = new double[1024];
        private int size;
        private long nulls;
        private long infinite;

        void add(double value) {
            if (Double.isNaN(value)) {
                nulls++;
            } else if (Double.isInfinite(value)) {
                infinite++;
            } else {
                if (size == values.length) {
                    values = Arrays.copyOf(values, size + size / 2);
                }
                values[size++] = value == 0 ? 0.0 : value;
            }
        }

        Values values() {
            double[] sorted = Arrays.copyOf(values, size);
            values = new double[0];
            Arrays.sort(sorted);
            return new Values(new Side(nulls, infinite, size), sorted);
        }
    }
}
