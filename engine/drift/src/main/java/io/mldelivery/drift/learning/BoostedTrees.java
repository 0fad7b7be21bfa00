package io.mldelivery.drift.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gradient boosting (Friedman 2001) with {@value #TREES} small trees on binned columns. Deterministic.
 *
 * <p>Not safe for use by several threads while it is fitted.
 */
public final class BoostedTrees {
    private static final int TREES = 60;
    private static final double RATE = 0.15;

    private final boolean logistic;
    private final double start;
    private final List<Tree> trees = new ArrayList<>();
    private final double[] gains;

    private BoostedTrees(boolean logistic, double start, int columns) {
        this.logistic = logistic;
        this.start = start;
        this.gains = new double[columns];
    }

    /** Learns the probability of 1 from targets 0 and 1 of the given rows. */
    public static BoostedTrees classifier(BinnedColumns columns, int[] rows, double[] target) {
        double share =
                IntStream.of(rows).mapToDouble(row -> target[row]).average().orElse(0.5);
        double safe = Math.min(0.999, Math.max(0.001, share));
        return new BoostedTrees(true, Math.log(safe / (1 - safe)), columns.columns()).fit(columns, rows, target);
    }

    /** Learns the mean of a number. */
    public static BoostedTrees regression(BinnedColumns columns, int[] rows, double[] target) {
        double mean =
                IntStream.of(rows).mapToDouble(row -> target[row]).average().orElse(0);
        return new BoostedTrees(false, mean, columns.columns()).fit(columns, rows, target);
    }

    /** A regression as numbers: its start, then its trees. */
    public List<double[]> numbers() {
        List<double[]> all = new ArrayList<>();
        all.add(new double[] {start});
        trees.forEach(tree -> all.add(tree.numbers()));
        return all;
    }

    /**
     * The inverse of {@link #numbers} for a regression; what columns contributed is not known any more.
     *
     * @throws IllegalArgumentException when the numbers are of no trees over so many columns
     */
    public static BoostedTrees ofRegression(List<double[]> numbers, int columns) {
        var found = new BoostedTrees(false, numbers.get(0)[0], columns);
        for (double[] tree : numbers.subList(1, numbers.size())) {
            if (tree.length != 3 * Tree.INNER || Tree.of(tree).lastColumn() >= columns) {
                throw new IllegalArgumentException("no tree over " + columns + " columns");
            }
            found.trees.add(Tree.of(tree));
        }
        return found;
    }

    private BoostedTrees fit(BinnedColumns columns, int[] rows, double[] target) {
        double[] raw = new double[columns.rows()];
        java.util.Arrays.fill(raw, start);
        double[] gradient = new double[columns.rows()];
        double[] curvature = new double[columns.rows()];
        for (int i = 0; i < TREES; i++) {
            for (int row : rows) {
                double answer = logistic ? sigmoid(raw[row]) : raw[row];
                gradient[row] = target[row] - answer;
                curvature[row] = logistic ? Math.max(1e-6, answer * (1 - answer)) : 1;
            }
            Tree tree = Tree.grow(columns, rows, gradient, curvature, gains);
            trees.add(tree);
            for (int row : rows) {
                raw[row] += RATE * tree.predict(columns, row);
            }
        }
        return this;
    }

    private static double sigmoid(double raw) {
        return 1 / (1 + Math.exp(-raw));
    }

    /** The answer for one row: a probability, or a mean. */
    public double predict(BinnedColumns columns, int row) {
        double raw = start;
        for (Tree tree : trees) {
            raw += RATE * tree.predict(columns, row);
        }
        return logistic ? sigmoid(raw) : raw;
    }

    /** What each column contributed, as shares that sum to 1; all 0 when nothing was learnt. */
    public double[] importance() {
        double total = java.util.Arrays.stream(gains).sum();
        return java.util.Arrays.stream(gains)
                .map(gain -> total > 0 ? gain / total : 0)
                .toArray();
    }
}
