package io.mldelivery.drift.performance;

import io.mldelivery.drift.policy.ModelRoles;
import io.mldelivery.stats.DeLong;
import io.mldelivery.stats.Moments;
import java.util.Optional;
import java.util.stream.IntStream;

/** Measures a metric on labelled rows. The error of an area is DeLong's, that of a mean the usual one. */
final class Quality {
    static final double LEAST_PROBABILITY = 1e-15;

    private Quality() {}

    /** Empty when the rows do not suffice: an area needs both classes, a mean two rows. */
    static Optional<Estimate> of(ModelRoles roles, Answers answers) {
        double[] labels = answers.labels().orElse(new double[0]);
        if (labels.length < 2) {
            return Optional.empty();
        }
        return switch (roles.metric()) {
            case ROC_AUC -> area(labels, answers.predictions());
            case RMSE -> Optional.of(root(mean(roles, labels, answers.predictions())));
            case ACCURACY, LOG_LOSS, BRIER, MAE -> Optional.of(mean(roles, labels, answers.predictions()));
        };
    }

    private static Optional<Estimate> area(double[] labels, double[] scores) {
        boolean[] positive = new boolean[labels.length];
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            positive[i] = labels[i] >= 0.5;
            count += positive[i] ? 1 : 0;
        }
        if (count < 2 || count > labels.length - 2) {
            return Optional.empty();
        }
        DeLong curve = DeLong.single(positive, scores);
        return Optional.of(new Estimate(curve.areaFirst(), curve.standardErrorFirst(), labels.length));
    }

    private static Estimate mean(ModelRoles roles, double[] labels, double[] predictions) {
        Moments moments = Moments.of(IntStream.range(0, labels.length)
                .mapToDouble(i -> loss(roles, labels[i], predictions[i]))
                .toArray());
        return new Estimate(moments.mean(), moments.standardError(), labels.length);
    }

    /** The delta method: the error of a root is that of the mean divided by twice the root. */
    static Estimate root(Estimate squares) {
        double root = Math.sqrt(Math.max(0, squares.value()));
        return new Estimate(root, root > 0 ? squares.standardError() / (2 * root) : 0, squares.rows());
    }

    /** What one row adds to the metric's mean; for an area the squared error, which stands in for it. */
    static double loss(ModelRoles roles, double label, double prediction) {
        double difference = prediction - label;
        return switch (roles.metric()) {
            case ACCURACY -> prediction >= roles.threshold() == label >= 0.5 ? 1 : 0;
            case LOG_LOSS -> -Math.log(Math.max(LEAST_PROBABILITY, label >= 0.5 ? prediction : 1 - prediction));
            case MAE -> Math.abs(difference);
            case BRIER, RMSE, ROC_AUC -> difference * difference;
        };
    }
}
