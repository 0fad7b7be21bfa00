package io.mldelivery.drift.learning;

import io.mldelivery.data.Column;
import io.mldelivery.drift.rows.RowSample;
import java.util.List;

/** The same columns of two samples as numbers: texts by their length, categories by their rank. */
public record Features(List<String> names, double[][] reference, double[][] current) {

    public static Features of(List<Column> columns, RowSample reference, RowSample current) {
        double[][] left = new double[columns.size()][];
        double[][] right = new double[columns.size()][];
        for (int i = 0; i < columns.size(); i++) {
            ColumnCode code = ColumnCode.of(columns.get(i), Integer.MAX_VALUE, reference, current);
            left[i] = code.encode(reference);
            right[i] = code.encode(current);
        }
        return new Features(columns.stream().map(Column::name).toList(), left, right);
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
