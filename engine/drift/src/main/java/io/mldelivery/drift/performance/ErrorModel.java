package io.mldelivery.drift.performance;

import io.mldelivery.drift.learning.BinnedColumns;
import io.mldelivery.drift.learning.BoostedTrees;
import io.mldelivery.drift.policy.Metric;
import io.mldelivery.drift.policy.ModelRoles;
import io.mldelivery.stats.Moments;
import java.util.stream.IntStream;

/**
 * Direct loss estimation for regressions: learns from the reference how large the error of a row is, given its inputs and
 * the prediction, and takes the mean for the current rows. Assumes that the errors' dependence on the inputs stays.
 */
final class ErrorModel {
    private static final int FOLDS = 3;

    private ErrorModel() {}

    /** {@code columns} hold the reference's rows; the sampling error includes the spread of the errors themselves. */
    static Estimate estimate(ModelRoles roles, double[][] reference, Answers before, double[][] current) {
        BinnedColumns columns = BinnedColumns.of(reference);
        double[] labels = before.labels().orElseThrow();
        double[] losses = IntStream.range(0, labels.length)
                .mapToDouble(i -> Quality.loss(roles, labels[i], before.predictions()[i]))
                .toArray();
        int[] rows = IntStream.range(0, losses.length).toArray();
        BoostedTrees trees = BoostedTrees.regression(columns, rows, losses);
        BinnedColumns now = columns.like(current);
        double[] expected = IntStream.range(0, current[0].length)
                .mapToDouble(row -> trees.predict(now, row))
                .toArray();
        double error = Math.sqrt((Moments.of(expected).variance() + unexplained(columns, losses)) / expected.length);
        var estimate = new Estimate(Moments.of(expected).mean(), error, expected.length);
        return roles.metric() == Metric.RMSE ? Quality.root(estimate) : estimate;
    }

    /** The mean squared error of the learnt losses on rows they were not learnt from. */
    private static double unexplained(BinnedColumns columns, double[] losses) {
        double squares = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            BoostedTrees trees = BoostedTrees.regression(
                    columns,
                    IntStream.range(0, losses.length)
                            .filter(row -> row % FOLDS != held)
                            .toArray(),
                    losses);
            for (int row = held; row < losses.length; row += FOLDS) {
                double difference = losses[row] - trees.predict(columns, row);
                squares += difference * difference;
            }
        }
        return squares / losses.length;
    }
}
