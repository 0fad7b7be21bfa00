package io.mldelivery.gate.policy;

import java.util.List;
import java.util.Optional;

/**
 * How a file of predictions is to be read.
 *
 * @param id the column that names a row; pairs candidate and champion
 * @param y the column of true values
 * @param score the column of scores (probability of the positive class, or the predicted value)
 * @param prediction the column of predicted classes
 * @param weight the column of row weights, when it exists
 * @param positive the label that counts as positive, where labels are not 0 and 1
 * @param cutoff the score from which on a row counts as predicted positive
 * @param group the column that gathers the rows of one ranking
 * @param sameRows whether candidate and champion were scored on the same rows, matched by id
 * @param features the columns that a model is given when rows are scored here, in the model's order; empty for all
 *     columns that have no other meaning
 */
public record PredictionColumns(
        String id,
        String y,
        String score,
        String prediction,
        String weight,
        Optional<String> positive,
        double cutoff,
        Optional<Task> task,
        String group,
        boolean sameRows,
        List<String> features) {
    /** What the scores are about. */
    public enum Task {
        BINARY,
        MULTICLASS,
        REGRESSION,
        RANKING
    }

    public PredictionColumns {
        features = List.copyOf(features);
    }

    /** The columns {@code id, y, score, prediction, weight, group} and the cutoff 0.5. */
    public static PredictionColumns standard() {
        return new PredictionColumns(
                "id",
                "y",
                "score",
                "prediction",
                "weight",
                Optional.empty(),
                0.5,
                Optional.empty(),
                "group",
                true,
                List.of());
    }
}
