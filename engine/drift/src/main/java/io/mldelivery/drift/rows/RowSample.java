package io.mldelivery.drift.rows;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Table;
import io.mldelivery.data.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Some rows of a table, drawn at random and the same ones for the same seed.
 *
 * @param numbers the values of numeric columns, NaN where missing or infinite
 * @param words the values of categorical and text columns, null where missing
 */
public record RowSample(int rows, Map<String, double[]> numbers, Map<String, String[]> words) {

    /** Reads about so many rows of these columns. */
    public static RowSample read(Tables tables, Table table, List<Column> columns, long about, long seed) {
        Map<String, List<Double>> numbers = new LinkedHashMap<>();
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (Column column : columns) {
            if (isNumber(column)) {
                numbers.put(column.name(), new ArrayList<>());
            } else {
                words.put(column.name(), new ArrayList<>());
            }
        }
        if (columns.isEmpty()) {
            return new RowSample(0, Map.of(), Map.of());
        }
        String selected = columns.stream().map(RowSample::expression).collect(Collectors.joining(", "));
        int[] rows = new int[1];
        tables.each("SELECT " + selected + " FROM " + table.sampled(about, seed), row -> {
            rows[0]++;
            for (int i = 0; i < columns.size(); i++) {
                String name = columns.get(i).name();
                if (numbers.containsKey(name)) {
                    double value = row.number(i + 1);
                    numbers.get(name).add(Double.isInfinite(value) ? Double.NaN : value);
                } else {
                    words.get(name).add(row.text(i + 1));
                }
            }
        });
        return new RowSample(rows[0], arrays(numbers), texts(words));
    }

    private static boolean isNumber(Column column) {
        return column.kind() == ColumnKind.NUMERIC;
    }

    private static String expression(Column column) {
        return "CAST(" + column.sql() + " AS " + (isNumber(column) ? "DOUBLE" : "VARCHAR") + ")";
    }

    private static Map<String, double[]> arrays(Map<String, List<Double>> lists) {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        lists.forEach((name, list) ->
                arrays.put(name, list.stream().mapToDouble(Double::doubleValue).toArray()));
        return arrays;
    }

    private static Map<String, String[]> texts(Map<String, List<String>> lists) {
        Map<String, String[]> arrays = new LinkedHashMap<>();
        lists.forEach((name, list) -> arrays.put(name, list.toArray(new String[0])));
        return arrays;
    }
}
