package io.mldelivery.gate.predictions;

/** Picks rows out of arrays; an empty array stays empty, for it stands for a column that is not there. */
final class Columns {
    private Columns() {}

    static double[] select(double[] values, int[] rows) {
        if (values.length == 0) {
            return values;
        }
        double[] selected = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = values[rows[i]];
        }
        return selected;
    }

    static int[] select(int[] values, int[] rows) {
        if (values.length == 0) {
            return values;
        }
        int[] selected = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = values[rows[i]];
        }
        return selected;
    }
}
