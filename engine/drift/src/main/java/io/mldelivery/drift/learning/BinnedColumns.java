package io.mldelivery.drift.learning;

import java.util.Arrays;

/**
 * Columns cut into at most {@value #MOST_BINS} bins of about equally many rows; bin 0 holds missing values.
 *
 * <p>The arrays are not copied.
 */
public final class BinnedColumns {
    static final int MOST_BINS = 32;

    private final byte[][] bins;
    private final double[][] edges;
    private final int rows;

    private BinnedColumns(byte[][] bins, double[][] edges, int rows) {
        this.bins = bins;
        this.edges = edges;
        this.rows = rows;
    }

    /** Cuts columns of one length; NaN is missing. */
    public static BinnedColumns of(double[][] columns) {
        double[][] edges = new double[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            edges[i] = edges(columns[i]);
        }
        return at(edges, columns);
    }

    /** Where each column is cut, ascending. */
    public double[][] edges() {
        return edges;
    }

    /** Cuts rows at given edges, one ascending array for each column. */
    public static BinnedColumns at(double[][] edges, double[][] columns) {
        int rows = columns.length == 0 ? 0 : columns[0].length;
        byte[][] bins = new byte[columns.length][rows];
        for (int i = 0; i < columns.length; i++) {
            for (int row = 0; row < rows; row++) {
                bins[i][row] = (byte) bin(edges[i], columns[i][row]);
            }
        }
        return new BinnedColumns(bins, edges, rows);
    }

    private static double[] edges(double[] column) {
        double[] sorted =
                Arrays.stream(column).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return new double[0];
        }
        double[] edges = new double[MOST_BINS - 2];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = sorted[(int) ((long) (i + 1) * sorted.length / (edges.length + 1))];
        }
        return Arrays.stream(edges).distinct().toArray();
    }

    private static int bin(double[] edges, double value) {
        if (Double.isNaN(value)) {
            return 0;
        }
        int found = Arrays.binarySearch(edges, value);
        return 1 + (found >= 0 ? found + 1 : -found - 1);
    }

    int columns() {
        return bins.length;
    }

    int rows() {
        return rows;
    }

    byte[] bins(int column) {
        return bins[column];
    }
}
