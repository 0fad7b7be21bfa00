package io.mldelivery.gate.measure;

import io.mldelivery.gate.measure.Plots.Point;
import io.mldelivery.stats.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The areas under the ROC and precision-recall curves of one score against one class. Sorting is done once; both
 * areas treat tied scores as one step.
 */
final class Curves {
    private final boolean[] positive;
    private final double[] score;
    private final Weights weights;
    private final int[] order;
    private final double positives;
    private final double negatives;
    private final int positiveRows;

    Curves(boolean[] positive, double[] score, Weights weights) {
        this.positive = positive;
        this.score = score;
        this.weights = weights;
        this.order = Order.ascending(score);
        double sum = 0;
        int rows = 0;
        for (int i = 0; i < positive.length; i++) {
            sum += positive[i] ? weights.of(i) : 0;
            rows += positive[i] ? 1 : 0;
        }
        positives = sum;
        negatives = weights.total() - sum;
        positiveRows = rows;
    }

    boolean hasBothClasses() {
        return positives > 0 && negatives > 0;
    }

    /** The number of rows of the rarer class. */
    int rarerRows() {
        return Math.min(positiveRows, positive.length - positiveRows);
    }

    /** One run of tied scores: rows order[start] to order[end − 1] with the weight of either class in it. */
    private interface Step {
        void at(int start, int end, double positiveWeight, double negativeWeight);
    }

    private void ascending(Step step) {
        for (int start = 0; start < order.length; ) {
            int end = start;
            double here = 0;
            double all = 0;
            while (end < order.length && score[order[end]] == score[order[start]]) {
                int row = order[end++];
                double w = weights.of(row);
                all += w;
                here += positive[row] ? w : 0;
            }
            step.at(start, end, here, all - here);
            start = end;
        }
    }

    /** The area under the ROC curve: the chance that a positive row is scored above a negative one. */
    Estimate rocArea() {
        double[] placement = new double[order.length];
        double[] below = new double[2];
        ascending((start, end, p, n) -> {
            double ofPositives = (below[1] + n / 2) / negatives;
            double ofNegatives = 1 - (below[0] + p / 2) / positives;
            for (int i = start; i < end; i++) {
                placement[order[i]] = positive[order[i]] ? ofPositives : ofNegatives;
            }
            below[0] += p;
            below[1] += n;
        });
        return area(placement);
    }

    private Estimate area(double[] placement) {
        double sum = 0;
        for (int i = 0; i < placement.length; i++) {
            sum += positive[i] ? weights.of(i) * placement[i] : 0;
        }
        double area = sum / positives;
        double perPositive = Math.sqrt(positiveRows / (positiveRows - 1.0)) / positives;
        int negativeRows = positive.length - positiveRows;
        double perNegative = Math.sqrt(negativeRows / (negativeRows - 1.0)) / negatives;
        for (int i = 0; i < placement.length; i++) {
            placement[i] = weights.of(i) * (placement[i] - area) * (positive[i] ? perPositive : perNegative);
        }
        return new Estimate(area, placement, Estimate.Form.AREA);
    }

    /**
     * Average precision: the mean, over positive rows, of the precision among rows scored at least as high. A row's
     * influence has a part for its own precision and one for its share in the precision of all rows below it.
     */
    Estimate averagePrecision() {
        double[] contributions = new double[order.length];
        double[] above = {positives, positives + negatives};
        double[] sums = new double[3]; // Σ w·T/S, Σ w/S and Σ w·T/S² over the positives up to here
        ascending((start, end, p, n) -> {
            double precision = above[0] / above[1];
            sums[0] += p * precision;
            sums[1] += p / above[1];
            sums[2] += p * precision / above[1];
            for (int i = start; i < end; i++) {
                int row = order[i];
                contributions[row] = (positive[row] ? precision + sums[1] : 0) - sums[2];
            }
            above[0] -= p;
            above[1] -= p + n;
        });
        double area = sums[0] / positives;
        for (int i = 0; i < contributions.length; i++) {
            contributions[i] = weights.of(i) * (contributions[i] - (positive[i] ? area : 0)) / positives;
        }
        return new Estimate(area, contributions, Estimate.Form.SMOOTH);
    }

    /** The ROC curve, thinned: points closer than one in a hundred to the one before are left out. */
    List<Point> roc() {
        List<Point> points = new ArrayList<>(List.of(new Point(1, 1)));
        double[] above = {positives, negatives};
        ascending((start, end, p, n) -> {
            above[0] -= p;
            above[1] -= n;
            add(points, new Point(rate(above[1], negatives), rate(above[0], positives)), end == order.length);
        });
        Collections.reverse(points);
        return List.copyOf(points);
    }

    /** Recall and precision, thinned in the same way, by rising recall. */
    List<Point> precisionRecall() {
        List<Point> points = new ArrayList<>();
        double[] above = {positives, positives + negatives};
        ascending((start, end, p, n) -> {
            add(points, new Point(rate(above[0], positives), rate(above[0], above[1])), end == order.length);
            above[0] -= p;
            above[1] -= p + n;
        });
        Collections.reverse(points);
        return List.copyOf(points);
    }

    private static double rate(double part, double whole) {
        return Math.max(0, Math.min(1, part / whole));
    }

    private static void add(List<Point> points, Point next, boolean isLast) {
        Point before = points.isEmpty() ? new Point(-1, -1) : points.get(points.size() - 1);
        if (isLast || Math.abs(next.x() - before.x()) >= 0.01 || Math.abs(next.y() - before.y()) >= 0.01) {
            points.add(next);
        }
    }
}
