package io.mldelivery.gate.judge;

import io.mldelivery.gate.holdout.Allowance;
import io.mldelivery.gate.measure.Plots;
import io.mldelivery.gate.policy.GatePolicy;
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
 * @param allowance what the evaluation set may still decide, where it is kept track of
 * @param plots what pages draw of binary predictions
 */
public record GateResult(
        Outcome outcome,
        String reason,
        List<RuleResult> rules,
        double alpha,
        Optional<MultipleTesting> correction,
        int tests,
        OptionalLong rows,
        Optional<Allowance> allowance,
        Optional<Plots> plots) {
    public GateResult {
        rules = List.copyOf(rules);
    }

    /** Whether a rule of severity unstable does not pass. */
    public boolean isUnstable() {
        return rules.stream()
                .anyMatch(r -> r.rule().severity() == Severity.UNSTABLE
                        && r.outcome() != Outcome.PASS
                        && r.waiver().isEmpty());
    }

    /** An error without rules: nothing could be judged. */
    public static GateResult unmeasurable(GatePolicy policy, String reason) {
        return new GateResult(
                Outcome.ERROR,
                reason,
                List.of(),
                policy.alpha(),
                policy.multiplicity(),
                0,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same numbers with another verdict. */
    public GateResult with(Outcome verdict, String sentence, List<RuleResult> results) {
        return new GateResult(verdict, sentence, results, alpha, correction, tests, rows, allowance, plots);
    }
}
