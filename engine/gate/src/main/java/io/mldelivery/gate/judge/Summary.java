package io.mldelivery.gate.judge;

import io.mldelivery.gate.policy.Severity;
import io.mldelivery.model.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/** The one sentence that says how a gate ended and why. */
public final class Summary {
    private Summary() {}

    /** The sentence. */
    public static String of(Outcome outcome, List<RuleResult> results) {
        List<RuleResult> waived =
                results.stream().filter(result -> result.waiver().isPresent()).toList();
        return undecorated(outcome, results)
                + waived.stream().map(Summary::waived).collect(Collectors.joining());
    }

    private static String waived(RuleResult result) {
        Waiver waiver = result.waiver().orElseThrow();
        return " The rule '" + result.rule().name() + "' is waived by " + waiver.by() + " until " + waiver.until()
                + ": " + waiver.reason();
    }

    private static String undecorated(Outcome outcome, List<RuleResult> results) {
        List<RuleResult> decisive = results.stream()
                .filter(result -> result.rule().severity() == Severity.FAIL
                        && result.outcome() != Outcome.PASS
                        && result.waiver().isEmpty())
                .toList();
        if (outcome == Outcome.PASS) {
            long kept = results.stream()
                    .filter(result -> result.outcome() == Outcome.PASS)
                    .count();
            return kept == results.size()
                    ? "All " + results.size() + " rules pass."
                    : kept + " of " + results.size() + " rules pass; the others do not stop the model.";
        }
        String first = decisive.stream()
                .filter(result -> result.outcome() == outcome)
                .findFirst()
                .orElseThrow()
                .reason();
        return decisive.size() == 1
                ? first
                : decisive.size() + " of " + results.size() + " rules do not pass, first: " + first;
    }
}
