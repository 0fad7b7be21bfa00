package io.mldelivery.gate.measure;

import java.util.function.IntPredicate;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * Shares of rows by true and predicted class, and the metrics that follow from them. A metric's influence is a number
 * for each cell: its derivative when that cell gains weight.
 */
final class Confusion {
    private final int[] label;
    private final int[] predicted;
    private final Weights weights;
    private final double[][] share;
    private final double[] ofTrue;
    private final double[] ofPredicted;
    private final double correct;

    Confusion(int[] label, int[] predicted, int classes, Weights weights) {
        this.label = label;
        this.predicted = predicted;
        this.weights = weights;
        share = new double[classes][classes];
        for (int i = 0; i < label.length; i++) {
            share[label[i]][predicted[i]] += weights.of(i);
        }
        ofTrue = new double[classes];
        ofPredicted = new double[classes];
        double trace = 0;
        for (int t = 0; t < classes; t++) {
            for (int p = 0; p < classes; p++) {
                share[t][p] /= weights.total();
                ofTrue[t] += share[t][p];
                ofPredicted[p] += share[t][p];
            }
            trace += share[t][t];
        }
        correct = trace;
    }

    private int classes() {
        return share.length;
    }

    /** A metric's value with its derivative in each cell (true class, predicted class). */
    private record Cells(double value, double[][] influence) {}

    private Cells cells(double value, ToDoubleBiFunction<Integer, Integer> influence) {
        double[][] cells = new double[classes()][classes()];
        for (int t = 0; t < classes(); t++) {
            for (int p = 0; p < classes(); p++) {
                cells[t][p] = influence.applyAsDouble(t, p);
            }
        }
        return new Cells(value, cells);
    }

    private Estimate estimate(Cells cells, Estimate.Form form) {
        double[] contributions = new double[label.length];
        for (int i = 0; i < label.length; i++) {
            contributions[i] = weights.of(i) * cells.influence[label[i]][predicted[i]] / weights.total();
        }
        return new Estimate(cells.value, contributions, form);
    }

    /** A numerator over a denominator, each a sum of cells; 0 when the denominator is, as scikit-learn has it. */
    private Cells ratio(ToDoubleBiFunction<Integer, Integer> over, ToDoubleBiFunction<Integer, Integer> under) {
        double numerator = sum(over);
        double denominator = sum(under);
        if (denominator == 0) {
            return cells(0, (t, p) -> 0);
        }
        double value = numerator / denominator;
        return cells(value, (t, p) -> (over.applyAsDouble(t, p) - value * under.applyAsDouble(t, p)) / denominator);
    }

    private double sum(ToDoubleBiFunction<Integer, Integer> coefficients) {
        double sum = 0;
        for (int t = 0; t < classes(); t++) {
            for (int p = 0; p < classes(); p++) {
                sum += coefficients.applyAsDouble(t, p) * share[t][p];
            }
        }
        return sum;
    }

    private static double one(boolean condition) {
        return condition ? 1 : 0;
    }

    Estimate accuracy() {
        return estimate(cells(correct, (t, p) -> one(t.equals(p)) - correct), Estimate.Form.SHARE);
    }

    /** The share of rows predicted as the class. */
    Estimate selected(int k) {
        return estimate(cells(ofPredicted[k], (t, p) -> one(p == k) - ofPredicted[k]), Estimate.Form.SHARE);
    }

    Estimate precision(int k) {
        return estimate(precisionCells(k), Estimate.Form.SMOOTH);
    }

    private Cells precisionCells(int k) {
        return ratio((t, p) -> one(t == k && p == k), (t, p) -> one(p == k));
    }

    Estimate recall(int k) {
        return estimate(recallCells(k), Estimate.Form.SMOOTH);
    }

    private Cells recallCells(int k) {
        return ratio((t, p) -> one(t == k && p == k), (t, p) -> one(t == k));
    }

    /** The share of rows predicted as {@code as} among those that truly are {@code k}. */
    Estimate mistaken(int k, int as) {
        return estimate(ratio((t, p) -> one(t == k && p == as), (t, p) -> one(t == k)), Estimate.Form.SMOOTH);
    }

    Estimate f1(int k) {
        return estimate(f1Cells(k), Estimate.Form.SMOOTH);
    }

    private Cells f1Cells(int k) {
        return ratio((t, p) -> 2 * one(t == k && p == k), (t, p) -> one(t == k) + one(p == k));
    }

    /** Which of the metrics that exist once a class is to be averaged. */
    enum PerClass {
        PRECISION,
        RECALL,
        F1
    }

    private Cells of(PerClass metric, int k) {
        return switch (metric) {
            case PRECISION -> precisionCells(k);
            case RECALL -> recallCells(k);
            case F1 -> f1Cells(k);
        };
    }

    /** The plain mean over the classes that occur. */
    Estimate macro(PerClass metric) {
        return average(metric, k -> ofTrue[k] + ofPredicted[k] > 0, false);
    }

    /** The mean over the classes by their true shares. */
    Estimate weighted(PerClass metric) {
        return average(metric, k -> ofTrue[k] > 0, true);
    }

    /** The mean recall of the classes that truly occur. */
    Estimate balancedAccuracy() {
        return average(PerClass.RECALL, k -> ofTrue[k] > 0, false);
    }

    private Estimate average(PerClass metric, IntPredicate counts, boolean byShare) {
        int[] used = IntStream.range(0, classes()).filter(counts).toArray();
        double[][] influence = new double[classes()][classes()];
        double value = 0;
        for (int k : used) {
            Cells cells = of(metric, k);
            double factor = byShare ? ofTrue[k] : 1.0 / used.length;
            value += factor * cells.value;
            for (int t = 0; t < classes(); t++) {
                for (int p = 0; p < classes(); p++) {
                    double ofFactor = byShare ? cells.value * (one(t == k) - ofTrue[k]) : 0;
                    influence[t][p] += factor * cells.influence[t][p] + ofFactor;
                }
            }
        }
        return estimate(new Cells(value, influence), Estimate.Form.SMOOTH);
    }

    /** Cohen's kappa. */
    Estimate kappa() {
        double chance = dot(ofTrue, ofPredicted);
        double value = (correct - chance) / (1 - chance);
        return estimate(
                cells(value, (t, p) -> {
                    double chanceHere = ofPredicted[t] + ofTrue[p] - 2 * chance;
                    return ((one(t.equals(p)) - correct) * (1 - chance) - chanceHere * (1 - correct))
                            / ((1 - chance) * (1 - chance));
                }),
                Estimate.Form.SMOOTH);
    }

    /** Matthews' correlation, in J. Gorodkin's form (2004) for any number of classes; 0 without variation. */
    Estimate mcc() {
        double chance = dot(ofTrue, ofPredicted);
        double squaresTrue = dot(ofTrue, ofTrue);
        double squaresPredicted = dot(ofPredicted, ofPredicted);
        double over = correct - chance;
        double a = 1 - squaresPredicted;
        double b = 1 - squaresTrue;
        double root = Math.sqrt(a * b);
        if (root == 0) {
            return estimate(cells(0, (t, p) -> 0), Estimate.Form.SMOOTH);
        }
        return estimate(
                cells(over / root, (t, p) -> {
                    double dOver = one(t.equals(p)) - correct - (ofPredicted[t] + ofTrue[p] - 2 * chance);
                    double dA = -2 * (ofPredicted[p] - squaresPredicted);
                    double dB = -2 * (ofTrue[t] - squaresTrue);
                    return dOver / root - over / (2 * root) * (dA / a + dB / b);
                }),
                Estimate.Form.SMOOTH);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
