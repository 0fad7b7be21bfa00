package io.mldelivery.gate.policy;

import io.mldelivery.gate.metric.Direction;
import java.util.Optional;

/**
 * One rule of a policy.
 *
 * @param name unique in the policy; what waivers and reports call it
 * @param metric the metric's name as the policy writes it
 * @param direction which values are better, where the policy says so
 * @param slice absent for all rows together
 * @param origin absent for values that are reported or computed from the predictions
 * @param where the rule's place in the policy file, {@code file:line:column}
 */
public record Rule(
        String name,
        String metric,
        Criterion criterion,
        Severity severity,
        Optional<Direction> direction,
        Optional<SliceSpec> slice,
        Optional<Origin> origin,
        String where) {
    /** The word for what the rule asks. */
    public String kind() {
        return criterion.kind();
    }

    Rule called(String other) {
        return new Rule(other, metric, criterion, severity, direction, slice, origin, where);
    }
}
