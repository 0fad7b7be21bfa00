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

/** Fetches the values of some numeric columns of one table, or of what stands for a number in other columns. */
final class NumericReader {
    private final Tables tables;
    private final Table table;
    private final List<Column> columns;

    NumericReader(Tables tables, Table table, List<Column> columns) {
        this.tables = tables;
        this.table = table;
        this.columns = columns;
    }

    /** A text counts by its length in characters, a point in time by its seconds since 1970. */
    private static String number(Column column) {
        return switch (column.kind()) {
            case TEXT -> "CAST(length(CAST(" + column.sql() + " AS VARCHAR)) AS DOUBLE)";
            case DATETIME -> "CAST(epoch(" + column.sql() + ") AS DOUBLE)";
            case NUMERIC, CATEGORICAL, OTHER -> "CAST(" + column.sql() + " AS DOUBLE)";
        };
    }

    /** Counts over all rows. */
    List<Side> sides() {
        String counts = columns.stream()
                .map(NumericReader::number)
                .map(number -> "count_if(" + number + " IS NULL OR isnan(" + number + ")), count_if(isinf(" + number
                        + "))")
                .collect(Collectors.joining(", "));
        return tables.query("SELECT " + counts + " FROM " + table.sql(), this::sides).get(0);
    }

    private List<Side> sides(Row row) {
        List<Side> sides = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            long nulls = row.integer(2 * i + 1);
            long infinite = row.integer(2 * i + 2);
            sides.add(new Side(nulls, infinite, table.rows() - nulls - infinite));
        }
        return sides;
    }

    /** The finite values of each column, in no order, of all rows or of a sample. */
    List<double[]> values(Sampling sampling) {
        String selected = columns.stream().map(NumericReader::number).collect(Collectors.joining(", "));
        List<Collector> collectors = columns.stream().map(column -> new Collector()).toList();
        tables.each("SELECT " + selected + " FROM " + table.sampled(sampling.rows(), sampling.seed()), row -> {
            for (int i = 0; i < collectors.size(); i++) {
                collectors.get(i).add(row.number(i + 1));
            }
        });
        return collectors.stream().map(Collector::values).toList();
    }

    private static final class Collector {
        private double[] values = new double[1024];
        private int size;

        void add(double value) {
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                return;
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value == 0 ? 0.0 : value; // one zero, without a sign
        }

        double[] values() {
            return Arrays.copyOf(values, size);
        }
    }
}
