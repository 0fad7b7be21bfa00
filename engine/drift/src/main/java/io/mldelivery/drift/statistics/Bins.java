package io.mldelivery.drift.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Intervals that cover all numbers. A value equal to an inner edge belongs to the upper interval; values beyond the
 * outer edges belong to the outer intervals.
 */
public final class Bins {
    private final double[] edges;

    private Bins(double[] edges) {
        this.edges = edges;
    }

    /** Intervals between these strictly ascending edges; a single edge makes a single interval. */
    public static Bins between(double[] edges) {
        return new Bins(edges.clone());
    }

    /** The reference's deciles, equal ones merged. */
    public static Bins deciles(NumericPair pair) {
        return new Bins(pair.referenceQuantiles().edges(10));
    }

    /**
     * Sturges' rule over both samples together, as {@code numpy.histogram_bin_edges(…, bins="sturges")}.
     *
     * @param integers whether the column holds whole numbers by type: then numpy makes no bin narrower than 1
     */
    public static Bins sturges(NumericPair pair, boolean integers) {
        double min = pair.value(0);
        double max = pair.value(pair.size() - 1);
        if (min == max) {
            return linear(min - 0.5, max + 0.5, 1);
        }
        double total = (double) pair.referenceSize() + pair.currentSize();
        double width = (max - min) / (Math.log(total) / Math.log(2) + 1.0);
        if (integers && width < 1) {
            width = 1;
        }
        return linear(min, max, (int) Math.ceil((max - min) / width));
    }

    private static Bins linear(double min, double max, int count) {
        double[] edges = new double[count + 1];
        double step = (max - min) / count;
        for (int i = 0; i < count; i++) {
            edges[i] = min + i * step;
        }
        edges[count] = max;
        return new Bins(edges);
    }

    public double[] edges() {
        return edges.clone();
    }

    /** The number of intervals, at least 1. */
    public int count() {
        return Math.max(1, edges.length - 1);
    }

    /** The number of the interval that holds a value, from 0. */
    public int of(double value) {
        if (edges.length < 3) {
            return 0;
        }
        int found = Arrays.binarySearch(edges, 1, edges.length - 1, value);
        return found >= 0 ? found : -found - 2;
    }

    List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            labels.add(edges.length < 2 ? "all" : edges[i] + "…" + edges[i + 1]);
        }
        return labels;
    }
}
