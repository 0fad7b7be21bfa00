package io.mldelivery.gate.judge;

import io.mldelivery.gate.inference.Inference;
import io.mldelivery.gate.policy.Bounds;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.model.Outcome;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.Power;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Decides the rules that go by intervals, all together. A rule passes when the evidence that its limits are kept is
 * strong enough, fails when the evidence against is, and is inconclusive in between.
 *
 * <p>Evidence against is corrected for the number of decisions, for any one of them stops the model. Evidence for is
 * not: a model passes only if all rules pass, and the chance that all pass wrongly is no larger than that of one
 * (intersection-union test; R. L. Berger 1982).
 */
final class Decisions {
    private final GatePolicy policy;
    private final boolean isSpent;

    /** @param isSpent whether the evaluation set has nothing left to decide with */
    Decisions(GatePolicy policy, boolean isSpent) {
        this.policy = policy;
        this.isSpent = isSpent;
    }

    List<RuleResult> decide(List<Draft> drafts) {
        List<Draft> pending = drafts.stream().filter(Draft::isPending).toList();
        double[] against = pending.stream()
                .mapToDouble(d -> against(d.inference(), d.limits()))
                .toArray();
        double[] adjusted = policy.multiplicity().map(m -> m.adjust(against)).orElse(against);
        return drafts.stream()
                .map(draft -> {
                    int index = pending.indexOf(draft);
                    return index < 0
                            ? draft.finish(policy.level(), OptionalDouble.empty())
                            : decide(draft, adjusted[index], pending.size());
                })
                .toList();
    }

    /** The p-value of the evidence that a limit is violated; of two limits only one can be. */
    private static double against(Inference inference, Bounds limits) {
        double below =
                limits.min().isPresent() ? inference.pValueBelow(limits.min().getAsDouble()) : 1;
        double above =
                limits.max().isPresent() ? inference.pValueAbove(limits.max().getAsDouble()) : 1;
        return Math.min(below, above);
    }

    /** The p-value of the evidence that all limits are kept. */
    private static double inFavour(Inference inference, Bounds limits) {
        double above =
                limits.min().isPresent() ? inference.pValueAbove(limits.min().getAsDouble()) : 0;
        double below =
                limits.max().isPresent() ? inference.pValueBelow(limits.max().getAsDouble()) : 0;
        return Math.max(above, below);
    }

    private RuleResult decide(Draft draft, double against, int tests) {
        double side = policy.alpha() / 2;
        double inFavour = inFavour(draft.inference(), draft.limits());
        String numbers = numbers(draft);
        if (isSpent) {
            draft.decided(
                    Outcome.INCONCLUSIVE,
                    numbers + " decides nothing, for this evaluation set has served the "
                            + policy.holdout().uses() + " decisions it was planned for: give a new set.");
            return draft.finish(policy.level(), OptionalDouble.of(inFavour));
        }
        if (inFavour <= side) {
            draft.decided(
                    Outcome.PASS,
                    numbers + " shows that the limit of " + RuleJudge.show(draft.limits()) + " is kept ("
                            + Numbers.p(inFavour) + ").");
            return draft.finish(policy.level(), OptionalDouble.of(inFavour));
        }
        if (against <= side) {
            draft.decided(
                    Outcome.FAIL,
                    numbers + " shows that the limit of " + RuleJudge.show(draft.limits()) + " is violated ("
                            + Numbers.p(against) + corrected(tests) + ").");
            return draft.finish(policy.level(), OptionalDouble.of(against));
        }
        return inconclusive(draft, numbers, inFavour);
    }

    private String corrected(int tests) {
        return policy.multiplicity()
                .filter(m -> tests > 1)
                .map(m -> ", " + m.name().toLowerCase(Locale.ROOT).replace('_', '-') + " over " + tests + " decisions")
                .orElse("");
    }

    private RuleResult inconclusive(Draft draft, String numbers, double inFavour) {
        long needed = rowsNeeded(draft);
        if (needed > 0) {
            draft.rowsNeeded(needed);
        }
        draft.decided(
                Outcome.INCONCLUSIVE,
                numbers + " neither keeps nor violates the limit of "
                        + RuleJudge.show(draft.limits()) + " for certain; "
                        + (needed > 0
                                ? "about " + needed + " rows would decide with 80 % power"
                                : "no number of rows would" + " decide, for the estimate is at the limit")
                        + " (" + draft.rows() + " given).");
        return draft.finish(policy.level(), OptionalDouble.of(inFavour));
    }

    /** Rows with which the estimate as it stands would be told apart from its nearest limit; 0 for none. */
    private long rowsNeeded(Draft draft) {
        Inference inference = draft.inference();
        double toMin = draft.limits().min().isPresent()
                ? Math.abs(inference.estimate() - draft.limits().min().getAsDouble())
                : Double.POSITIVE_INFINITY;
        double toMax = draft.limits().max().isPresent()
                ? Math.abs(inference.estimate() - draft.limits().max().getAsDouble())
                : Double.POSITIVE_INFINITY;
        double rows =
                Power.rowsToDecide(spread(inference), draft.rows(), Math.min(toMin, toMax), policy.alpha() / 2, 0.8);
        return Double.isInfinite(rows) || rows > 1e15 ? 0 : Math.max(draft.rows() + 1, (long) Math.ceil(rows));
    }

    /** The standard error; where it shows none, that of an interval of the same width. */
    private static double spread(Inference inference) {
        return inference.standardError() > 0
                ? inference.standardError()
                : inference.interval(0.95).width() / 2 / 1.959963984540054;
    }

    private String numbers(Draft draft) {
        Interval interval = draft.inference().interval(policy.level());
        String range = String.format(
                Locale.ROOT,
                "%s %% interval %s to %s",
                Numbers.show(100 * policy.level()),
                Numbers.show(interval.low()),
                Numbers.show(interval.high()));
        double estimate = draft.inference().estimate();
        if (!draft.rule().criterion().comparesWithChampion()) {
            return draft.subject() + " is " + Numbers.show(estimate) + " (" + range + "), which";
        }
        String other = draft.rule().origin().isPresent() ? ", undisturbed " : ", the champion's ";
        return draft.subject() + " is " + Numbers.show(draft.candidate().orElseThrow()) + other
                + Numbers.show(draft.champion().orElseThrow()) + ": the difference of " + Numbers.show(estimate) + " ("
                + range + ", " + draft.inference().test().name() + ")";
    }
}
