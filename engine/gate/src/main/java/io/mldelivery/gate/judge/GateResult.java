package io.mldelivery.gate.judge;

import io.mldelivery.gate.policy.Severity;
import io.mldelivery.model.Outcome;
import io.mldelivery.stats.MultipleTesting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The verdict on a candidate.
 *
 * @param outcome the worst outcome of the rules of severity fail
 * @param reason one sentence with the numbers that decided
 * @param rules one result for each rule and slice
 * @param alpha the two-sided error rate
 * @param correction how evidence of failure was corrected
 * @param tests for how many statistical decisions it was corrected
 * @param rows how many rows of predictions there were
 */
public record GateResult(
        Outcome outcome,
        String reason,
        List<RuleResult> rules,
        double alpha,
        Optional<MultipleTesting> correction,
        int tests,
        OptionalLong rows) {
    public GateResult {
        rules = List.copyOf(rules);
    }

    /** Whether a rule of severity unstable does not pass. */
    public boolean isUnstable() {
        return rules.stream()
                .anyMatch(r -> r.rule().severity() == Severity.UNSTABLE && r.outcome() != Outcome.PASS);
    }
}
