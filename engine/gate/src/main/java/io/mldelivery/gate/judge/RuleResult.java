package io.mldelivery.gate.judge;

import io.mldelivery.gate.policy.Bounds;
import io.mldelivery.gate.policy.Rule;
import io.mldelivery.model.Outcome;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.TestResult;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What came out of one rule, on one slice where the rule has slices.
 *
 * @param slice the slice, such as {@code carrier=AA}
 * @param candidate the candidate's value
 * @param champion the champion's value
 * @param difference candidate minus champion, or what the rule compares with its limits
 * @param interval the interval of the difference, or of the value in rules without champion
 * @param test the two-sided test of no difference
 * @param decisionPValue the p-value of the decision itself, where it is another
 * @param limits what the difference (or value) is held against
 * @param rowsNeeded how many rows would decide at 80 % power, for inconclusive rules
 * @param reason one sentence with the numbers and limits that decided
 * @param waiver the leave by which the outcome does not count
 */
public record RuleResult(
        Rule rule,
        Optional<String> slice,
        OptionalDouble candidate,
        OptionalDouble champion,
        OptionalDouble difference,
        Optional<Interval> interval,
        Optional<TestResult> test,
        OptionalDouble decisionPValue,
        Optional<Bounds> limits,
        OptionalLong rowsNeeded,
        Outcome outcome,
        String reason,
        Optional<Waiver> waiver) {
    /** The same, waived. */
    public RuleResult waived(Waiver by) {
        return new RuleResult(
                rule,
                slice,
                candidate,
                champion,
                difference,
                interval,
                test,
                decisionPValue,
                limits,
                rowsNeeded,
                outcome,
                reason,
                Optional.of(by));
    }

    /** Whether the rule passed because there is no champion yet and the policy allows a first version. */
    public boolean isFirstVersion() {
        return outcome == Outcome.PASS && rule.criterion().comparesWithChampion() && champion.isEmpty();
    }
}
