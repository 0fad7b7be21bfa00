package io.mldelivery.drift.verdict;

import io.mldelivery.drift.measure.ColumnMeasurement;
import io.mldelivery.drift.policy.Rule;
import io.mldelivery.model.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was decided about one column.
 *
 * @param outcome FAIL when the column drifted, INCONCLUSIVE when it has too few values; empty when it is not judged
 * @param value the measure that the rule's method looks at
 * @param adjusted the p-value after correction for the number of columns
 * @param reason one sentence with the numbers and limits
 * @param violations other reasons to fail: missing values, infinite values
 * @param importance how much the column matters to the model, 0 to 1; empty when not known
 * @param impact by how much its shift alone changes the model's mean loss; empty when not known
 */
public record ColumnVerdict(
        ColumnMeasurement measurement,
        Rule rule,
        Optional<Outcome> outcome,
        OptionalDouble value,
        OptionalDouble adjusted,
        String reason,
        List<String> violations,
        OptionalDouble importance,
        OptionalDouble impact) {

    private static final double LEAST_IMPORTANCE = 0.01;

    public ColumnVerdict {
        violations = List.copyOf(violations);
    }

    public String name() {
        return measurement.name();
    }

    public boolean drifted() {
        return outcome.filter(found -> found == Outcome.FAIL).isPresent();
    }

    /**
     * How far beyond the threshold the column is, 1 at it, times its importance where that is known. Orders columns by how
     * bad they are.
     */
    public double severity() {
        return excess() * Math.max(LEAST_IMPORTANCE, importance.orElse(1));
    }

    private double excess() {
        if (value.isEmpty() || rule.threshold() <= 0) {
            return drifted() ? 1e300 : 0;
        }
        return rule.method().isPValue()
                ? rule.threshold() / Math.max(value.getAsDouble(), 1e-300)
                : value.getAsDouble() / rule.threshold();
    }
}
