package io.mldelivery.gate.judge;

import io.mldelivery.gate.inference.Inference;
import io.mldelivery.gate.inference.StudentInference;
import io.mldelivery.gate.measure.Estimate;
import io.mldelivery.gate.measure.Measured;
import io.mldelivery.gate.measure.Measured.Impossible;
import io.mldelivery.gate.measure.Measured.Value;
import io.mldelivery.gate.metric.Direction;
import io.mldelivery.gate.metric.KnownMetric;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.metric.MetricValue;
import io.mldelivery.gate.metric.MetricValue.Missing;
import io.mldelivery.gate.metric.MetricValue.Present;
import io.mldelivery.gate.policy.Against;
import io.mldelivery.gate.policy.Bounds;
import io.mldelivery.gate.policy.Criterion.Change;
import io.mldelivery.gate.policy.Criterion.Claim;
import io.mldelivery.gate.policy.Criterion.Comparison;
import io.mldelivery.gate.policy.Criterion.Condition;
import io.mldelivery.gate.policy.Criterion.Gap;
import io.mldelivery.gate.policy.Criterion.Threshold;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.gate.policy.Rule;
import io.mldelivery.model.Outcome;
import io.mldelivery.stats.Moments;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Judges one rule on one scope. */
final class RuleJudge {
    private final GatePolicy policy;
    private final GateInput input;
    private final Rule rule;
    private final Optional<Scope> scope;
    private final Draft draft;

    RuleJudge(GatePolicy policy, GateInput input, Rule rule, Optional<Scope> scope) {
        this.policy = policy;
        this.input = input;
        this.rule = rule;
        this.scope = scope;
        this.draft = new Draft(rule, scope.flatMap(Scope::slice));
    }

    Draft judge() {
        if (rule.criterion() instanceof Threshold threshold) {
            return threshold.byInterval() ? thresholdByInterval(threshold) : threshold(threshold);
        }
        if (rule.criterion() instanceof Change change) {
            return change(change);
        }
        if (rule.criterion() instanceof Comparison comparison) {
            return comparison(comparison);
        }
        if (rule.criterion() instanceof Condition condition) {
            return new ConditionJudge(policy, input, scope, draft).judge(condition.expression());
        }
        throw new IllegalStateException(((Gap) rule.criterion()).kind() + " is judged over slices");
    }

    private String subject() {
        return draft.subject();
    }

    private boolean isSliced() {
        return rule.slice().isPresent();
    }

    /** What was reported, except of slices, else what follows from predictions. */
    private MetricValue candidateValue() {
        if (input.derived().containsKey(rule.name())) {
            return input.derived().get(rule.name()).value();
        }
        return value(input.metrics(), scope.map(s -> s.candidate(rule.metric())));
    }

    private MetricValue value(MetricSet reported, Optional<Measured> measured) {
        if (!isSliced() && reported.has(rule.metric())) {
            return reported.get(rule.metric());
        }
        if (measured.isEmpty()) {
            return reported.get(rule.metric());
        }
        if (measured.get() instanceof Value value) {
            return new Present(value.estimate().value());
        }
        return new Missing(((Impossible) measured.get()).reason());
    }

    private Draft error(String what) {
        return draft.decided(Outcome.ERROR, subject() + " " + what + ".");
    }

    private Draft threshold(Threshold threshold) {
        draft.limits(threshold.bounds());
        Optional<Draft> tooFew = isSliced() ? tooFewRows() : tooFewDerived();
        MetricValue value = candidateValue();
        if (value instanceof Missing missing) {
            return error(missing.reason());
        }
        double candidate = ((Present) value).value();
        draft.candidate(OptionalDouble.of(candidate));
        scope.filter(s -> !isReported() && rule.origin().isEmpty()).ifPresent(s -> showInterval(s, candidate));
        return tooFew.orElseGet(
                () -> decided(subject() + " is ", candidate, threshold.bounds(), disagreement(candidate) + detail()));
    }

    private Optional<Draft> tooFewDerived() {
        return Optional.ofNullable(input.derived().get(rule.name()))
                .filter(derived -> derived.rows() < policy.minimumRows() && derived.value() instanceof Present)
                .map(derived -> draft.rowsNeeded(policy.minimumRows())
                        .decided(
                                Outcome.INCONCLUSIVE,
                                subject() + ": " + derived.rows() + " rows are fewer than the " + policy.minimumRows()
                                        + " needed to judge."));
    }

    private String detail() {
        return Optional.ofNullable(input.derived().get(rule.name()))
                .map(GateInput.Derived::detail)
                .filter(text -> !text.isEmpty())
                .map(text -> " (" + text + ")")
                .orElse("");
    }

    private boolean isReported() {
        return !isSliced() && rule.origin().isEmpty() && input.metrics().has(rule.metric());
    }

    private void showInterval(Scope s, double candidate) {
        if (s.candidate(rule.metric()) instanceof Value value
                && value.estimate().units() > 1
                && value.estimate().value() == candidate) {
            draft.shown(s.paired(rule.metric()).single(value.estimate()));
        }
    }

    /** Says so when a reported metric is not what the predictions give. */
    private String disagreement(double reported) {
        OptionalDouble own = scope.filter(s -> isReported())
                .map(s -> Scope.valueOf(s.candidate(rule.metric())))
                .orElse(OptionalDouble.empty());
        boolean differs =
                own.isPresent() && Math.abs(own.getAsDouble() - reported) > 1e-6 * Math.max(1, Math.abs(reported));
        return differs
                ? " (reported by " + input.metrics().source() + "; the predictions give "
                        + Numbers.show(own.getAsDouble()) + ")"
                : "";
    }

    private Draft decided(String start, double value, Bounds bounds, String remark) {
        boolean low = bounds.min().isPresent() && value < bounds.min().getAsDouble();
        boolean high = bounds.max().isPresent() && value > bounds.max().getAsDouble();
        if (low) {
            double limit = bounds.min().getAsDouble();
            return draft.decided(
                    Outcome.FAIL,
                    start + Numbers.against(value, limit) + remark + ", below the limit of " + Numbers.show(limit)
                            + ".");
        }
        if (high) {
            double limit = bounds.max().getAsDouble();
            return draft.decided(
                    Outcome.FAIL,
                    start + Numbers.against(value, limit) + remark + ", above the limit of " + Numbers.show(limit)
                            + ".");
        }
        return draft.decided(
                Outcome.PASS, start + Numbers.show(value) + remark + ", within the limit of " + show(bounds) + ".");
    }

    static String show(Bounds bounds) {
        if (bounds.min().isPresent() && bounds.max().isPresent()) {
            return Numbers.show(bounds.min().getAsDouble()) + " to "
                    + Numbers.show(bounds.max().getAsDouble());
        }
        return bounds.min().isPresent()
                ? "at least " + Numbers.show(bounds.min().getAsDouble())
                : "at most " + Numbers.show(bounds.max().getAsDouble());
    }

    private Draft thresholdByInterval(Threshold threshold) {
        draft.limits(threshold.bounds());
        Optional<Moments> sample =
                isSliced() ? Optional.empty() : input.metrics().sample(rule.metric());
        if (sample.isPresent()) {
            return bySample(sample.get());
        }
        if (scope.isEmpty()) {
            return withoutInterval();
        }
        Measured measured = scope.get().candidate(rule.metric());
        draft.candidate(Scope.valueOf(measured));
        if (measured instanceof Impossible impossible) {
            return error(impossible.reason());
        }
        return tooFewRows().orElseGet(() -> {
            Estimate estimate = ((Value) measured).estimate();
            return pending(scope.get().paired(rule.metric()).single(estimate), estimate.units());
        });
    }

    private Draft withoutInterval() {
        if (candidateValue() instanceof Missing missing) {
            return error(missing.reason());
        }
        draft.candidate(OptionalDouble.of(((Present) candidateValue()).value()));
        return draft.decided(
                Outcome.INCONCLUSIVE,
                subject() + " has no interval without predictions: give a file of"
                        + " predictions, or let the rule decide by the value ('decide: point').");
    }

    /** A mean of several measurements, such as pytest-benchmark's rounds. */
    private Draft bySample(Moments sample) {
        draft.candidate(OptionalDouble.of(sample.mean()));
        return pending(StudentInference.ofMean(sample), sample.count());
    }

    /** An inference decides only if it has something to go by. */
    private Draft pending(Inference inference, long units) {
        if (!Double.isFinite(inference.standardError())) {
            return draft.decided(Outcome.INCONCLUSIVE, subject() + " has no interval: there is too little data.");
        }
        if (inference.isDegenerate()) {
            return draft.shown(inference)
                    .decided(
                            Outcome.INCONCLUSIVE,
                            subject() + " does not vary over the " + units
                                    + " rows, which are too few or too alike to judge its error.");
        }
        return draft.pending(inference, units);
    }

    private Optional<Draft> tooFewRows() {
        long least = rule.slice().map(slice -> slice.minimumRows()).orElse(policy.minimumRows());
        long rows = scope.map(s -> s.effectiveRows(rule.metric())).orElse(0L);
        if (scope.isEmpty() || rows >= least) {
            return Optional.empty();
        }
        long all = scope.get().set().rows();
        boolean ofRarer = rows < all;
        long needed = rows == 0 ? 2 * least : (long) Math.ceil((double) least * all / rows);
        return Optional.of(draft.rowsNeeded(needed)
                .decided(
                        Outcome.INCONCLUSIVE,
                        subject() + ": " + rows + " rows" + (ofRarer ? " of the rarer class" : "")
                                + " are fewer than the " + least + " needed to judge."));
    }

    private Draft change(Change change) {
        draft.limits(change.bounds());
        Champion other = other(change);
        MetricSet theirs = other instanceof Champion.Present present
                ? present.metrics()
                : MetricSet.empty("the champion's metrics");
        boolean measured = change.against() instanceof Against.TheChampion && isMeasuredForBoth();
        MetricValue candidate = measured ? measured(s -> s.candidate(rule.metric())) : candidateValue();
        if (candidate instanceof Missing missing) {
            return error(missing.reason());
        }
        draft.candidate(OptionalDouble.of(((Present) candidate).value()));
        if (other instanceof Champion.Absent absent) {
            return withoutChampion(absent);
        }
        MetricValue champion = measured ? measured(s -> s.champion(rule.metric())) : theirs.get(rule.metric());
        if (champion instanceof Missing missing) {
            return draft.decided(Outcome.ERROR, "The champion's " + subject() + " " + missing.reason() + ".");
        }
        return change(change, ((Present) candidate).value(), ((Present) champion).value(), whose(change, theirs));
    }

    private Champion other(Change change) {
        return change.against() instanceof Against.TheChampion
                ? input.champion()
                : input.baselines()
                        .getOrDefault(change.against(), new Champion.Absent("nothing was read to compare with"));
    }

    private static String whose(Change change, MetricSet theirs) {
        return change.against() instanceof Against.TheChampion ? "the champion's " : theirs.source() + ", which is ";
    }

    private boolean isMeasuredForBoth() {
        return scope.filter(s -> s.candidate(rule.metric()) instanceof Value).isPresent()
                && scope.filter(s -> s.champion(rule.metric()) instanceof Value).isPresent();
    }

    private MetricValue measured(Function<Scope, Measured> side) {
        OptionalDouble value = Scope.valueOf(side.apply(scope.orElseThrow()));
        return new Present(value.orElseThrow());
    }

    private MetricSet championMetrics() {
        return input.champion() instanceof Champion.Present present
                ? present.metrics()
                : MetricSet.empty("the champion's metrics");
    }

    private Draft change(Change change, double candidate, double champion, String whose) {
        draft.champion(OptionalDouble.of(champion));
        double difference = candidate - champion;
        if (change.relative() && champion == 0) {
            return draft.decided(
                    Outcome.ERROR,
                    "The relative change of " + subject()
                            + " does not exist, for the champion's value is 0; use 'as: absolute'.");
        }
        double measured = change.relative() ? difference / Math.abs(champion) : difference;
        draft.difference(measured);
        Optional<Draft> tooFew = isSliced() ? tooFewRows() : Optional.empty();
        String start = "The " + (change.relative() ? "relative " : "") + "change of " + subject() + " from " + whose
                + Numbers.show(champion) + " to " + Numbers.show(candidate) + " is ";
        return tooFew.orElseGet(() -> decided(start, measured, change.bounds(), ""));
    }

    private Draft withoutChampion(Champion.Absent absent) {
        return withoutChampion(policy, draft, subject(), absent);
    }

    static Draft withoutChampion(GatePolicy policy, Draft draft, String subject, Champion.Absent absent) {
        return policy.firstVersionAllowed()
                ? draft.decided(
                        Outcome.PASS,
                        subject + " has nothing to be compared with: " + absent.reason()
                                + ", and the policy allows a first version.")
                : draft.decided(
                        Outcome.INCONCLUSIVE,
                        subject + " has nothing to be compared with: " + absent.reason()
                                + "; 'firstVersion: allow' would let a first version pass.");
    }

    private Draft comparison(Comparison comparison) {
        Optional<Direction> direction = rule.direction().or(() -> KnownMetric.directionOf(rule.metric()));
        if (direction.isEmpty() && comparison.claim() != Claim.EQUIVALENCE) {
            return error("may be better higher or lower: add 'better: higher' or 'better: lower' to the rule");
        }
        draft.limits(limits(comparison, direction.orElse(Direction.HIGHER)));
        boolean needsChampion = comparison.claim() != Claim.ROBUSTNESS;
        if (needsChampion && input.champion() instanceof Champion.Absent absent) {
            return firstVersion(absent);
        }
        if (!needsChampion && scope.isEmpty()) {
            return draft.decided(
                    Outcome.INCONCLUSIVE,
                    subject() + ": robustness needs the candidate's predictions with"
                            + " and without disturbance: give the predictions too.");
        }
        if (scope.isEmpty() || !scope.get().hasChampion()) {
            return withoutRows();
        }
        return comparison(comparison, scope.get());
    }

    private static Bounds limits(Comparison comparison, Direction direction) {
        double margin = comparison.margin();
        boolean higher = direction == Direction.HIGHER;
        return switch (comparison.claim()) {
            case NON_INFERIORITY, ROBUSTNESS -> higher ? Bounds.atLeast(-margin) : Bounds.atMost(margin);
            case SUPERIORITY -> higher ? Bounds.atLeast(margin) : Bounds.atMost(-margin);
            case EQUIVALENCE -> Bounds.between(-margin, margin);
        };
    }

    private Draft firstVersion(Champion.Absent absent) {
        MetricValue candidate = candidateValue();
        if (candidate instanceof Missing missing) {
            return error(missing.reason());
        }
        draft.candidate(OptionalDouble.of(((Present) candidate).value()));
        return withoutChampion(absent);
    }

    private Draft withoutRows() {
        if (candidateValue() instanceof Missing missing) {
            return error(missing.reason());
        }
        draft.candidate(OptionalDouble.of(((Present) candidateValue()).value()));
        if (championMetrics().get(rule.metric()) instanceof Present champion) {
            draft.champion(OptionalDouble.of(champion.value()));
        }
        return draft.decided(
                Outcome.INCONCLUSIVE,
                subject() + " of candidate and champion cannot be compared without"
                        + " the predictions of both on the same rows: give both files.");
    }

    private Draft comparison(Comparison comparison, Scope on) {
        Measured candidate = on.candidate(rule.metric());
        Measured champion = on.champion(rule.metric());
        draft.candidate(Scope.valueOf(candidate)).champion(Scope.valueOf(champion));
        if (candidate instanceof Impossible impossible) {
            return error(impossible.reason());
        }
        if (champion instanceof Impossible impossible) {
            return draft.decided(Outcome.ERROR, "The champion's " + subject() + " " + impossible.reason() + ".");
        }
        Estimate own = ((Value) candidate).estimate();
        Estimate other = ((Value) champion).estimate();
        draft.difference(own.value() - other.value());
        return tooFewRows().orElseGet(() -> compared(comparison, on, own, other));
    }

    private Draft compared(Comparison comparison, Scope on, Estimate own, Estimate other) {
        Optional<String> misfit = on.hasOtherRows()
                ? on.unpaired().misfit(comparison.test(), own)
                : on.paired(rule.metric()).misfit(comparison.test(), own);
        if (misfit.isPresent()) {
            return draft.decided(
                    Outcome.ERROR, subject() + ": " + misfit.get() + "; leave 'test:' out to have one chosen.");
        }
        if (on.set().isIdentical()) {
            return identical(on.set().rows());
        }
        Inference difference = on.hasOtherRows()
                ? on.unpaired().difference(comparison.test(), own, other)
                : on.paired(rule.metric()).difference(comparison.test(), own, other, policy.seed());
        draft.difference(difference.estimate());
        return pending(difference, on.hasOtherRows() ? Math.min(own.units(), other.units()) : own.units());
    }

    private Draft identical(int rows) {
        Outcome outcome = draft.limits().allow(0) ? Outcome.PASS : Outcome.FAIL;
        return draft.decided(
                outcome,
                subject() + ": candidate and champion say the same about all " + rows
                        + " rows, so the difference is exactly 0; the limit is " + show(draft.limits()) + ".");
    }
}
