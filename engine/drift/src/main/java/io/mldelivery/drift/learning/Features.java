package io.mldelivery.drift.learning;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.rows.RowSample;
import java.util.List;

/** The same columns of two samples as numbers: texts by their length, categories by their rank. */
public record Features(List<String> names, double[][] reference, double[][] current) {

    public static Features of(List<Column> columns, RowSample reference, RowSample current) {
        double[][] left = new double[columns.size()][];
        double[][] right = new double[columns.size()][];
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column.kind() == ColumnKind.NUMERIC) {
                left[i] = reference.numbers().get(column.name());
                right[i] = current.numbers().get(column.name());
            } else {
                encode(column, reference, current, left, right, i);
            }
        }
        return new Features(columns.stream().map(Column::name).toList(), left, right);
    }

    private static void encode(
            Column column, RowSample reference, RowSample current, double[][] left, double[][] right, int index) {
        String[] before = reference.words().get(column.name());
        String[] now = current.words().get(column.name());
        if (column.kind() == ColumnKind.TEXT) {
            left[index] = lengths(before);
            right[index] = lengths(now);
        } else {
            Encoding encoding = Encoding.of(before, now);
            left[index] = encoding.encode(before);
            right[index] = encoding.encode(now);
        }
    }

    private static double[] lengths(String[] texts) {
        double[] lengths = new double[texts.length];
        for (int i = 0; i < texts.length; i++) {
            lengths[i] = texts[i] == null ? Double.NaN : texts[i].length();
        }
        return lengths;
    }

    /** The reference's rows, then the current ones. */
    public double[][] together() {
        double[][] all = new double[reference.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = java.util.Arrays.copyOf(reference[i], reference[i].length + current[i].length);
            System.arraycopy(current[i], 0, all[i], reference[i].length, current[i].length);
        }
        return all;
    }
}
