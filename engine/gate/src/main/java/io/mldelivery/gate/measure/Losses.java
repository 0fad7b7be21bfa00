package io.mldelivery.gate.measure;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Metrics that are means of one number a row, and simple functions of such means. */
final class Losses {
    /** scikit-learn keeps probabilities this far from 0 and 1. */
    private static final double CLIP = Math.ulp(1.0);

    private final Weights weights;

    Losses(Weights weights) {
        this.weights = weights;
    }

    private Estimate mean(IntToDoubleFunction value) {
        double[] values = new double[weights.rows()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsDouble(i);
        }
        return weights.mean(values, Estimate.Form.MEAN);
    }

    Estimate logLoss(boolean[] positive, double[] score) {
        return mean(i -> -Math.log(clip(positive[i] ? score[i] : 1 - score[i])));
    }

    Estimate logLoss(int[] label, double[][] probabilities) {
        return mean(i -> -Math.log(clip(probabilities[label[i]][i])));
    }

    private static double clip(double p) {
        return Math.max(CLIP, Math.min(1 - CLIP, p));
    }

    Estimate brier(boolean[] positive, double[] score) {
        return mean(i -> square(score[i] - (positive[i] ? 1 : 0)));
    }

    /** The sum over classes, so that it goes up to 2 (G. W. Brier, 1950). */
    Estimate brier(int[] label, double[][] probabilities) {
        return mean(i -> {
            double sum = 0;
            for (int k = 0; k < probabilities.length; k++) {
                sum += square(probabilities[k][i] - (label[i] == k ? 1 : 0));
            }
            return sum;
        });
    }

    /** Whether the true class is among the k most probable; among equal ones the later class goes first. */
    Estimate topK(int[] label, double[][] probabilities, int k) {
        double[] hits = new double[weights.rows()];
        for (int i = 0; i < hits.length; i++) {
            double own = probabilities[label[i]][i];
            int before = 0;
            for (int c = 0; c < probabilities.length; c++) {
                before += probabilities[c][i] > own || probabilities[c][i] == own && c > label[i] ? 1 : 0;
            }
            hits[i] = before < k ? 1 : 0;
        }
        return weights.mean(hits, Estimate.Form.SHARE);
    }

    /**
     * The expected calibration error over equal bins of the score: the mean distance of score and truth, bin by bin.
     * Its influence takes each bin's sign as known.
     */
    Estimate calibrationError(boolean[] positive, double[] score, int bins) {
        double[] excess = new double[bins];
        for (int i = 0; i < score.length; i++) {
            excess[bin(score[i], bins)] += weights.of(i) * ((positive[i] ? 1 : 0) - score[i]);
        }
        Estimate signed = mean(i -> Math.signum(excess[bin(score[i], bins)]) * ((positive[i] ? 1 : 0) - score[i]));
        return new Estimate(signed.value(), signed.contributions(), Estimate.Form.SMOOTH);
    }

    /**
     * The part of the Brier score that calibration would take away: the mean squared distance of score and truth over
     * equal bins of the score (A. H. Murphy, 1973).
     */
    Estimate reliability(boolean[] positive, double[] score, int bins) {
        double[] excess = new double[bins];
        double[] weight = new double[bins];
        for (int i = 0; i < score.length; i++) {
            excess[bin(score[i], bins)] += weights.of(i) * (score[i] - (positive[i] ? 1 : 0));
            weight[bin(score[i], bins)] += weights.of(i);
        }
        Estimate mean = mean(i -> {
            int bin = bin(score[i], bins);
            double distance = weight[bin] == 0 ? 0 : excess[bin] / weight[bin];
            return 2 * distance * (score[i] - (positive[i] ? 1 : 0)) - distance * distance;
        });
        return new Estimate(Math.max(0, mean.value()), mean.contributions(), Estimate.Form.SMOOTH);
    }

    /** Ten equal bins of the score; those without rows are left out. */
    List<Plots.Bin> bins(boolean[] positive, double[] score) {
        double[][] sums = new double[10][3]; // score, positives, rows, all weighted
        for (int i = 0; i < score.length; i++) {
            double[] sum = sums[bin(score[i], 10)];
            sum[0] += weights.of(i) * score[i];
            sum[1] += positive[i] ? weights.of(i) : 0;
            sum[2] += weights.of(i);
        }
        return Arrays.stream(sums)
                .filter(sum -> sum[2] > 0)
                .map(sum -> new Plots.Bin(sum[0] / sum[2], sum[1] / sum[2], sum[2] / weights.total()))
                .toList();
    }

    static int bin(double score, int bins) {
        return Math.min(bins - 1, (int) (score * bins));
    }

    Estimate absoluteError(double[] y, double[] value) {
        return mean(i -> Math.abs(value[i] - y[i]));
    }

    Estimate squaredError(double[] y, double[] value) {
        return mean(i -> square(value[i] - y[i]));
    }

    Estimate rootSquaredError(double[] y, double[] value) {
        Estimate squared = squaredError(y, value);
        double root = Math.sqrt(squared.value());
        double[] contributions = squared.contributions();
        for (int i = 0; i < contributions.length; i++) {
            contributions[i] = root == 0 ? 0 : contributions[i] / (2 * root);
        }
        return new Estimate(root, contributions, Estimate.Form.SMOOTH);
    }

    Estimate bias(double[] y, double[] value) {
        return mean(i -> value[i] - y[i]);
    }

    /** Errors relative to the true value, whose size counts as at least 2.2e-16. */
    Estimate absolutePercentageError(double[] y, double[] value) {
        return mean(i -> Math.abs(value[i] - y[i]) / Math.max(Math.abs(y[i]), CLIP));
    }

    /** The loss of which the quantile is the minimum. */
    Estimate pinball(double[] y, double[] value, double quantile) {
        return mean(i -> {
            double under = y[i] - value[i];
            return under >= 0 ? quantile * under : (quantile - 1) * under;
        });
    }

    /** The share of the variance that is explained; the caller has made sure that there is some. */
    Estimate determination(double[] y, double[] value) {
        Estimate centre = mean(i -> y[i]);
        Estimate error = squaredError(y, value);
        Estimate spread = mean(i -> square(y[i] - centre.value()));
        double ratio = error.value() / spread.value();
        double[] contributions = new double[weights.rows()];
        for (int i = 0; i < contributions.length; i++) {
            contributions[i] = -(error.contributions()[i] - ratio * spread.contributions()[i]) / spread.value();
        }
        return new Estimate(1 - ratio, contributions, Estimate.Form.SMOOTH);
    }

    private static double square(double x) {
        return x * x;
    }
}
