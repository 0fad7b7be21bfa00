package io.mldelivery.gate.waiver;

import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.judge.RuleResult;
import io.mldelivery.gate.judge.Summary;
import io.mldelivery.gate.judge.Waiver;
import io.mldelivery.gate.policy.Severity;
import io.mldelivery.model.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets waived rules not decide. A rule that was measured and failed, or had too little data, can be waived; an ERROR
 * cannot, for nobody knows what would be waived.
 */
public final class Waiving {
    private Waiving() {}

    /** The result with the waivers in force; pure. */
    public static GateResult apply(GateResult result, List<Waiver> waivers, Set<String> versions, Instant now) {
        List<RuleResult> rules = result.rules().stream()
                .map(rule -> apply(rule, waivers, versions, now))
                .toList();
        if (rules.equals(result.rules())) {
            return result;
        }
        Outcome outcome = rules.stream()
                .filter(rule ->
                        rule.rule().severity() == Severity.FAIL && rule.waiver().isEmpty())
                .map(RuleResult::outcome)
                .reduce(Outcome.PASS, Outcome::and);
        return result.with(outcome, Summary.of(outcome, rules), rules);
    }

    private static RuleResult apply(RuleResult rule, List<Waiver> waivers, Set<String> versions, Instant now) {
        boolean waivable = rule.outcome() == Outcome.FAIL || rule.outcome() == Outcome.INCONCLUSIVE;
        Optional<Waiver> waiver = waivable
                ? waivers.stream()
                        .filter(w -> w.covers(rule.rule().name(), versions, now))
                        .findFirst()
                : Optional.empty();
        return waiver.map(rule::waived).orElse(rule);
    }
}
