package io.mldelivery.drift.learning;

/** A complete binary tree of depth {@value #DEPTH}, node 1 at the root, children of i at 2i and 2i + 1. */
final class Tree {
    static final int DEPTH = 3;
    static final int INNER = 1 << DEPTH;
    private static final double PENALTY = 1;
    private static final double LEAST_WEIGHT = 10;

    private final int[] column = new int[INNER];
    private final int[] upTo = new int[INNER];
    private final double[] value = new double[INNER];

    /** Grows a tree that fits the gradients of the given rows; adds what each column gained to {@code gains}. */
    static Tree grow(BinnedColumns columns, int[] rows, double[] gradient, double[] curvature, double[] gains) {
        Tree tree = new Tree();
        int[] node = new int[rows.length];
        java.util.Arrays.fill(node, 1);
        for (int level = 0; level < DEPTH; level++) {
            tree.split(columns, rows, node, gradient, curvature, 1 << level, gains);
            for (int i = 0; i < rows.length; i++) {
                node[i] = tree.child(columns, node[i], rows[i]);
            }
        }
        tree.fillLeaves(rows, node, gradient, curvature);
        return tree;
    }

    /** The tree as numbers: for each node inside its column and the last bin to the left, then the leaves' values. */
    double[] numbers() {
        double[] numbers = new double[3 * INNER];
        for (int i = 0; i < INNER; i++) {
            numbers[i] = column[i];
            numbers[INNER + i] = upTo[i];
            numbers[2 * INNER + i] = value[i];
        }
        return numbers;
    }

    /** The inverse of {@link #numbers}. */
    static Tree of(double[] numbers) {
        Tree tree = new Tree();
        for (int i = 0; i < INNER; i++) {
            tree.column[i] = (int) numbers[i];
            tree.upTo[i] = (int) numbers[INNER + i];
            tree.value[i] = numbers[2 * INNER + i];
        }
        return tree;
    }

    /** The number of the last column that the tree asks for. */
    int lastColumn() {
        return java.util.Arrays.stream(column).max().orElse(0);
    }

    private int child(BinnedColumns columns, int node, int row) {
        boolean left = upTo[node] < 0 || columns.bins(column[node])[row] <= upTo[node];
        return 2 * node + (left ? 0 : 1);
    }

    private void split(
            BinnedColumns columns,
            int[] rows,
            int[] node,
            double[] gradient,
            double[] curvature,
            int first,
            double[] gains) {
        double[] best = new double[2 * first];
        for (int i = first; i < 2 * first; i++) {
            upTo[i] = -1;
        }
        double[] sums = new double[first * BinnedColumns.MOST_BINS];
        double[] weights = new double[first * BinnedColumns.MOST_BINS];
        for (int candidate = 0; candidate < columns.columns(); candidate++) {
            java.util.Arrays.fill(sums, 0);
            java.util.Arrays.fill(weights, 0);
            byte[] bins = columns.bins(candidate);
            for (int i = 0; i < rows.length; i++) {
                int cell = (node[i] - first) * BinnedColumns.MOST_BINS + bins[rows[i]];
                sums[cell] += gradient[rows[i]];
                weights[cell] += curvature[rows[i]];
            }
            for (int i = first; i < 2 * first; i++) {
                improve(i, candidate, sums, weights, (i - first) * BinnedColumns.MOST_BINS, best);
            }
        }
        for (int i = first; i < 2 * first; i++) {
            if (upTo[i] >= 0) {
                gains[column[i]] += best[i];
            }
        }
    }

    private void improve(int node, int candidate, double[] sums, double[] weights, int offset, double[] best) {
        double sum = 0;
        double weight = 0;
        for (int bin = 0; bin < BinnedColumns.MOST_BINS; bin++) {
            sum += sums[offset + bin];
            weight += weights[offset + bin];
        }
        double left = 0;
        double leftWeight = 0;
        for (int bin = 0; bin + 1 < BinnedColumns.MOST_BINS; bin++) {
            left += sums[offset + bin];
            leftWeight += weights[offset + bin];
            double rightWeight = weight - leftWeight;
            if (leftWeight >= LEAST_WEIGHT && rightWeight >= LEAST_WEIGHT) {
                double right = sum - left;
                double gain = left * left / (leftWeight + PENALTY)
                        + right * right / (rightWeight + PENALTY)
                        - sum * sum / (weight + PENALTY);
                if (gain > best[node] + 1e-12) {
                    best[node] = gain;
                    column[node] = candidate;
                    upTo[node] = bin;
                }
            }
        }
    }

    private void fillLeaves(int[] rows, int[] node, double[] gradient, double[] curvature) {
        double[] weights = new double[INNER];
        for (int i = 0; i < rows.length; i++) {
            value[node[i] - INNER] += gradient[rows[i]];
            weights[node[i] - INNER] += curvature[rows[i]];
        }
        for (int leaf = 0; leaf < INNER; leaf++) {
            value[leaf] /= weights[leaf] + PENALTY;
        }
    }

    double predict(BinnedColumns columns, int row) {
        int node = 1;
        while (node < INNER) {
            node = child(columns, node, row);
        }
        return value[node - INNER];
    }
}
