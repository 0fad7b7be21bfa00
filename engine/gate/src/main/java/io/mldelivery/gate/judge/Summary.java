package io.mldelivery.gate.judge;

import io.mldelivery.gate.policy.Severity;
import io.mldelivery.model.Outcome;
import java.util.List;

/** The one sentence that says how a gate ended and why. */
final class Summary {
    private Summary() {}

    static String of(Outcome outcome, List<RuleResult> results) {
        List<RuleResult> decisive = results.stream()
                .filter(result -> result.rule().severity() == Severity.FAIL && result.outcome() != Outcome.PASS)
                .toList();
        if (outcome == Outcome.PASS) {
            long kept = results.stream().filter(result -> result.outcome() == Outcome.PASS).count();
            return kept == results.size()
                    ? "All " + results.size() + " rules pass."
                    : kept + " of " + results.size() + " rules pass; the others cannot stop the model.";
        }
        String first = decisive.stream().filter(result -> result.outcome() == outcome).findFirst().orElseThrow().reason();
        return decisive.size() == 1
                ? first
                : decisive.size() + " of " + results.size() + " rules do not pass, first: " + first;
    }
}
