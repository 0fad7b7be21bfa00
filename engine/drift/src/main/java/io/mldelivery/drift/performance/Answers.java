package io.mldelivery.drift.performance;

import io.mldelivery.drift.policy.ModelRoles;
import io.mldelivery.drift.rows.RowSample;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A model's answers and what came true.
 *
 * @param predictions none is missing
 * @param labels as many, none is missing; absent where the table has no labels at all
 * @param rows the numbers of these rows in the sample they came from
 */
record Answers(double[] predictions, Optional<double[]> labels, int[] rows) {

    /** Rows that have a prediction and, when the table has labels, a label. */
    static Answers of(RowSample sample, ModelRoles roles) {
        double[] predictions = sample.numbers().get(roles.prediction());
        Optional<double[]> labels = roles.label().map(sample.numbers()::get).filter(Answers::hasValues);
        int[] rows = IntStream.range(0, sample.rows())
                .filter(i -> !Double.isNaN(predictions[i]))
                .filter(i -> labels.filter(values -> Double.isNaN(values[i])).isEmpty())
                .toArray();
        return new Answers(at(predictions, rows), labels.map(values -> at(values, rows)), rows);
    }

    /** All rows that have a prediction, whether labels are known or not. */
    static Answers unlabelled(RowSample sample, ModelRoles roles) {
        double[] predictions = sample.numbers().get(roles.prediction());
        int[] rows = IntStream.range(0, sample.rows())
                .filter(i -> !Double.isNaN(predictions[i]))
                .toArray();
        return new Answers(at(predictions, rows), Optional.empty(), rows);
    }

    private static boolean hasValues(double[] values) {
        return Arrays.stream(values).anyMatch(value -> !Double.isNaN(value));
    }

    static double[] at(double[] values, int[] rows) {
        return IntStream.of(rows).mapToDouble(i -> values[i]).toArray();
    }

    int size() {
        return predictions.length;
    }
}
