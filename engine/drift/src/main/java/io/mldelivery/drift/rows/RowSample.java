package io.mldelivery.drift.rows;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Some rows of a table, drawn at random and the same ones for the same seed.
 *
 * @param numbers the values of numeric columns, NaN where missing or infinite
 * @param words the values of categorical and text columns, null where missing
 */
public record RowSample(int rows, Map<String, double[]> numbers, Map<String, String[]> words) {

    /** Begins a sample of these columns. */
    public static Rows of(List<Column> columns) {
        return new Rows(columns);
    }

    /** Whether the values of a column are kept as numbers. */
    public static boolean isNumber(Column column) {
        return column.kind() == ColumnKind.NUMERIC;
    }

    /** Takes the rows of a sample, value by value. */
    public static final class Rows {
        private final List<Column> columns;
        private final List<List<Double>> numbers = new ArrayList<>();
        private final List<List<String>> words = new ArrayList<>();
        private int rows;

        private Rows(List<Column> columns) {
            this.columns = columns;
            columns.forEach(column -> {
                numbers.add(new ArrayList<>());
                words.add(new ArrayList<>());
            });
        }

        /** The row's value of a numeric column; columns count from 0. */
        public void add(int column, double value) {
            numbers.get(column).add(Double.isInfinite(value) ? Double.NaN : value);
        }

        /** The row's value of another column; null when it is missing. */
        public void add(int column, String value) {
            words.get(column).add(value);
        }

        /** The row is complete. */
        public void next() {
            rows++;
        }

        /** The rows so far. */
        public RowSample sample() {
            Map<String, double[]> arrays = new LinkedHashMap<>();
            Map<String, String[]> texts = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                String name = columns.get(i).name();
                if (isNumber(columns.get(i))) {
                    arrays.put(
                            name,
                            numbers.get(i).stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray());
                } else {
                    texts.put(name, words.get(i).toArray(new String[0]));
                }
            }
            return new RowSample(rows, arrays, texts);
        }
    }
}
