package io.mldelivery.gate.predictions;

import java.util.Arrays;

/**
 * What one model said about the rows of an {@link EvaluationSet}. Arrays are shared, not copied, for they are large:
 * nobody changes them.
 */
public final class Scores {
    private static final double[] NO_SCORES = {};
    private static final int[] NO_CLASSES = {};

    private final double[] score;
    private final int[] predicted;
    private final double[][] probabilities;

    private Scores(double[] score, int[] predicted, double[][] probabilities) {
        this.score = score;
        this.predicted = predicted;
        this.probabilities = probabilities;
    }

    /** Scores, with the predicted classes that follow from them or were given beside them. */
    public static Scores of(double[] score, int[] predicted) {
        return new Scores(score, predicted, new double[0][]);
    }

    /** Predicted values of a regression, or ranking scores. */
    public static Scores values(double[] score) {
        return new Scores(score, NO_CLASSES, new double[0][]);
    }

    /** Predicted classes alone. */
    public static Scores classes(int[] predicted) {
        return new Scores(NO_SCORES, predicted, new double[0][]);
    }

    /** Predicted classes and, for each class, each row's probability. */
    public static Scores probabilities(double[][] probabilities, int[] predicted) {
        return new Scores(NO_SCORES, predicted, probabilities);
    }

    /** Each row's score; empty when there are predicted classes only. */
    public double[] score() {
        return score;
    }

    /** Each row's predicted class, an index of the set's classes; empty in regression and ranking. */
    public int[] predicted() {
        return predicted;
    }

    /** For each class, each row's probability; empty when not given. */
    public double[][] probabilities() {
        return probabilities;
    }

    Scores select(int[] rows) {
        double[][] selected = new double[probabilities.length][];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = Columns.select(probabilities[i], rows);
        }
        return new Scores(Columns.select(score, rows), Columns.select(predicted, rows), selected);
    }

    boolean sameAs(Scores other) {
        return Arrays.equals(score, other.score)
                && Arrays.equals(predicted, other.predicted)
                && Arrays.deepEquals(probabilities, other.probabilities);
    }
}
