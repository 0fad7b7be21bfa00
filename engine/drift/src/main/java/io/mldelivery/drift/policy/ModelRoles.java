package io.mldelivery.drift.policy;

import java.util.Objects;
import java.util.Optional;

/**
 * Which columns hold what the model said and what came true, and how good the model has to stay.
 *
 * @param prediction the column with the model's answer: the probability of the positive class, or the predicted value
 * @param label the column with the truth; absent columns are fine where labels come later
 * @param tolerance how much worse than on the reference the metric may get, in the metric's unit
 * @param threshold from this probability on the answer counts as positive
 */
public record ModelRoles(String prediction, Optional<String> label, Metric metric, double tolerance, double threshold) {
    public ModelRoles {
        Objects.requireNonNull(prediction);
        Objects.requireNonNull(label);
        Objects.requireNonNull(metric);
    }

    /** What a column is to the model: {@code prediction} or {@code label}; empty for its inputs and other columns. */
    public Optional<String> role(String column) {
        return prediction.equals(column)
                ? Optional.of("prediction")
                : label.filter(column::equals).map(any -> "label");
    }

    /** Whether a column is the model's answer or the truth, and so no input of the model. */
    public boolean has(String column) {
        return role(column).isPresent();
    }
}
