package io.mldelivery.drift.performance;

import io.mldelivery.data.Column;
import io.mldelivery.drift.learning.BinnedColumns;
import io.mldelivery.drift.learning.BoostedTrees;
import io.mldelivery.drift.learning.ColumnCode;
import io.mldelivery.drift.policy.Metric;
import io.mldelivery.drift.policy.ModelRoles;
import io.mldelivery.drift.rows.RowSample;
import io.mldelivery.stats.Moments;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Direct loss estimation for regressions: learns from the reference how large the error of a row is, given its inputs and
 * the prediction, and takes the mean for the current rows. Assumes that the errors' dependence on the inputs stays.
 *
 * @param inputs the columns that matter to the error
 * @param edges where they are cut, and, last, where the prediction is
 * @param trees over the inputs and, last, the prediction
 * @param unexplained the mean squared error of the learnt losses on rows they were not learnt from
 */
public record ErrorModel(List<ColumnCode> inputs, double[][] edges, BoostedTrees trees, double unexplained) {
    private static final int FOLDS = 3;
    /** Rarer categories share one number, so that a profile stays small. */
    private static final int MOST_WORDS = 200;

    public ErrorModel {
        inputs = List.copyOf(inputs);
    }

    /** Learns from labelled rows. */
    static ErrorModel learn(ModelRoles roles, List<Column> inputs, RowSample reference, Answers answers) {
        double[] labels = answers.labels().orElseThrow();
        double[] losses = IntStream.range(0, labels.length)
                .mapToDouble(i -> Quality.loss(roles, labels[i], answers.predictions()[i]))
                .toArray();
        List<ColumnCode> codes = inputs.stream()
                .map(column -> ColumnCode.of(column, MOST_WORDS, reference))
                .toList();
        BinnedColumns all = BinnedColumns.of(encoded(codes, reference, answers));
        double[] importance = fitted(all, losses).importance();
        List<ColumnCode> used = IntStream.range(0, codes.size())
                .filter(i -> importance[i] > 0)
                .mapToObj(codes::get)
                .toList();
        BinnedColumns columns = BinnedColumns.of(encoded(used, reference, answers));
        return new ErrorModel(used, columns.edges(), fitted(columns, losses), unexplained(all, losses));
    }

    /** Of the columns given, trees take the same ones again when they get only those they took. */
    private static BoostedTrees fitted(BinnedColumns columns, double[] losses) {
        return BoostedTrees.regression(
                columns, IntStream.range(0, losses.length).toArray(), losses);
    }

    /** The inputs of the answered rows, with the prediction as the last column. */
    private static double[][] encoded(List<ColumnCode> codes, RowSample sample, Answers answers) {
        double[][] columns = new double[codes.size() + 1][];
        for (int i = 0; i < codes.size(); i++) {
            columns[i] = Answers.at(codes.get(i).encode(sample), answers.rows());
        }
        columns[codes.size()] = answers.predictions();
        return columns;
    }

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

    /** The metric of rows without labels; the sampling error includes the spread of the errors themselves. */
    Estimate estimate(ModelRoles roles, RowSample current, Answers answers) {
        BinnedColumns columns = BinnedColumns.at(edges, encoded(inputs, current, answers));
        double[] expected = IntStream.range(0, answers.size())
                .mapToDouble(row -> trees.predict(columns, row))
                .toArray();
        double error = Math.sqrt((Moments.of(expected).variance() + unexplained) / expected.length);
        var estimate = new Estimate(Moments.of(expected).mean(), error, expected.length);
        return roles.metric() == Metric.RMSE ? Quality.root(estimate) : estimate;
    }
}
