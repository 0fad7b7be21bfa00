package io.mldelivery.spark;

import io.mldelivery.drift.engine.Side;
import io.mldelivery.drift.engine.Values;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Counts missing and infinite values of some columns of numbers in one part of a table, and keeps the values of the rows
 * that are drawn. A row holds the columns and, last, whether it is drawn.
 */
final class NumberScan implements FlatMapFunction<Iterator<InternalRow>, NumberScan.Found[]> {
    private static final long serialVersionUID = 1L;

    private final int columns;

    NumberScan(int columns) {
        this.columns = columns;
    }

    @Override
    public Iterator<Found[]> call(Iterator<InternalRow> rows) {
        Found[] found = IntStream.range(0, columns).mapToObj(i -> new Found()).toArray(Found[]::new);
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            boolean drawn = row.getBoolean(columns);
            for (int i = 0; i < columns; i++) {
                found[i].add(row.isNullAt(i) ? Double.NaN : row.getDouble(i), drawn);
            }
        }
        Arrays.stream(found).forEach(Found::trim);
        return List.<Found[]>of(found).iterator();
    }

    /** The columns of all parts. */
    static List<Found> merged(List<Found[]> parts, int columns) {
        return IntStream.range(0, columns)
                .mapToObj(i -> Found.merged(parts.stream().map(part -> part[i]).toList()))
                .toList();
    }

    /** What was found of one column. */
    static final class Found implements Serializable {
        private static final long serialVersionUID = 1L;

        private long nulls;
        private long infinite;
        private long present;
        private double[] drawn = new double[64];
        private int size;

        private void add(double value, boolean isDrawn) {
            if (Double.isNaN(value)) {
                nulls++;
            } else if (Double.isInfinite(value)) {
                infinite++;
            } else {
                present++;
                if (isDrawn) {
                    keep(value == 0 ? 0.0 : value);
                }
            }
        }

        private void keep(double value) {
            if (size == drawn.length) {
                drawn = Arrays.copyOf(drawn, size + size / 2);
            }
            drawn[size++] = value;
        }

        private void trim() {
            drawn = Arrays.copyOf(drawn, size);
        }

        private static Found merged(List<Found> parts) {
            Found all = new Found();
            parts.forEach(part -> {
                all.nulls += part.nulls;
                all.infinite += part.infinite;
                all.present += part.present;
            });
            all.drawn = parts.stream()
                    .flatMapToDouble(part -> DoubleStream.of(part.drawn))
                    .toArray();
            all.size = all.drawn.length;
            return all;
        }

        Values values() {
            double[] sorted = drawn.clone();
            Arrays.sort(sorted);
            return new Values(new Side(nulls, infinite, present), sorted);
        }
    }
}
