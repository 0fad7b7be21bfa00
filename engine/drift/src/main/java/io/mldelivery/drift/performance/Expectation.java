package io.mldelivery.drift.performance;

import io.mldelivery.drift.policy.ModelRoles;
import io.mldelivery.stats.Moments;
import io.mldelivery.stats.Order;
import java.util.stream.IntStream;

/**
 * What a metric comes to on rows whose labels are not known, from the probability of each label (confidence-based
 * performance estimation: the expected confusion matrix, as in NannyML). Rests on two assumptions: the calibration of
 * the reference still holds, so that only the inputs changed and not what they mean; and the reference covers the inputs.
 */
final class Expectation {
    private Expectation() {}

    /**
     * The expected metric.
     *
     * @param probabilities that the label is 1, calibrated
     */
    static Estimate of(ModelRoles roles, double[] predictions, double[] probabilities) {
        return switch (roles.metric()) {
            case ROC_AUC -> area(predictions, probabilities);
            case ACCURACY, LOG_LOSS, BRIER, MAE, RMSE -> mean(roles, predictions, probabilities);
        };
    }

    private static Estimate mean(ModelRoles roles, double[] predictions, double[] probabilities) {
        double[] expected = new double[predictions.length];
        double noise = 0;
        for (int i = 0; i < expected.length; i++) {
            double p = probabilities[i];
            double one = Quality.loss(roles, 1, predictions[i]);
            double zero = Quality.loss(roles, 0, predictions[i]);
            expected[i] = p * one + (1 - p) * zero;
            noise += p * (1 - p) * (one - zero) * (one - zero);
        }
        Moments moments = Moments.of(expected);
        double n = expected.length;
        return new Estimate(moments.mean(), Math.sqrt(moments.variance() / n + noise / (n * n)), expected.length);
    }

    /** Ranks every pair by the product of its probabilities; the error is Hanley and McNeil's (1982). */
    private static Estimate area(double[] scores, double[] probabilities) {
        double positives = IntStream.range(0, scores.length)
                .mapToDouble(i -> probabilities[i])
                .sum();
        double negatives = scores.length - positives;
        int[] order = Order.ascending(scores);
        double below = 0;
        double pairs = 0;
        int from = 0;
        while (from < order.length) {
            int to = from;
            double one = 0;
            double zero = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                one += probabilities[order[to]];
                zero += 1 - probabilities[order[to]];
                to++;
            }
            pairs += one * (below + zero / 2);
            below += zero;
            from = to;
        }
        double area = positives > 0 && negatives > 0 ? pairs / (positives * negatives) : 0.5;
        double q1 = area / (2 - area);
        double q2 = 2 * area * area / (1 + area);
        double variance =
                (area * (1 - area) + (positives - 1) * (q1 - area * area) + (negatives - 1) * (q2 - area * area))
                        / Math.max(1, positives * negatives);
        return new Estimate(area, Math.sqrt(Math.max(0, variance)), scores.length);
    }
}
