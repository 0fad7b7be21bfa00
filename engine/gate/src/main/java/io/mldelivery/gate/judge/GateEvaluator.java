package io.mldelivery.gate.judge;

import io.mldelivery.gate.holdout.Allowance;
import io.mldelivery.gate.measure.Measures;
import io.mldelivery.gate.metric.MetricName;
import io.mldelivery.gate.policy.Criterion.Gap;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.gate.policy.PredictionColumns.Task;
import io.mldelivery.gate.policy.Rule;
import io.mldelivery.gate.policy.Severity;
import io.mldelivery.gate.policy.SliceSpec;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.EvaluationSet.SliceColumn;
import io.mldelivery.model.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges a candidate by a policy. Pure: the same policy and input give the same result, on any machine, at any time.
 */
public final class GateEvaluator {
    private final GatePolicy policy;
    private final GateInput input;
    private final Optional<Scope> all;
    private final Map<SliceSpec, List<Scope>> slices = new HashMap<>();

    private GateEvaluator(GatePolicy policy, GateInput input) {
        this.policy = policy;
        this.input = input;
        this.all = input.predictions().map(set -> new Scope(Optional.empty(), set));
    }

    /** Judges. A bad or unmeasurable model is a result, never an exception. */
    public static GateResult evaluate(GatePolicy policy, GateInput input) {
        return new GateEvaluator(policy, input).evaluate();
    }

    /** The task that the policy's metrics imply, where they belong to one task alone. */
    public static Optional<Task> taskOf(GatePolicy policy) {
        return policy.rules().stream()
                .flatMap(rule -> MetricName.parse(rule.metric()).flatMap(MetricName::known).stream())
                .flatMap(metric -> Measures.taskOf(metric).stream())
                .findFirst();
    }

    /** The slices that the policy's rules name. */
    public static List<SliceSpec> slicesOf(GatePolicy policy) {
        return policy.rules().stream()
                .flatMap(rule -> rule.slice().stream())
                .distinct()
                .toList();
    }

    private GateResult evaluate() {
        List<Draft> drafts = new ArrayList<>();
        policy.rules().forEach(rule -> drafts.addAll(drafts(rule)));
        int tests = (int) drafts.stream().filter(Draft::isPending).count();
        List<RuleResult> results = new Decisions(
                        policy, input.allowance().filter(Allowance::isSpent).isPresent())
                .decide(drafts);
        Outcome outcome = results.stream()
                .filter(result -> result.rule().severity() == Severity.FAIL)
                .map(RuleResult::outcome)
                .reduce(Outcome.PASS, Outcome::and);
        OptionalLong rows =
                input.predictions().map(set -> OptionalLong.of(set.rows())).orElse(OptionalLong.empty());
        return new GateResult(
                outcome,
                Summary.of(outcome, results),
                results,
                policy.alpha(),
                policy.multiplicity(),
                tests,
                rows,
                input.allowance(),
                all.flatMap(Scope::plots));
    }

    private List<Draft> drafts(Rule rule) {
        if (rule.origin().isPresent()) {
            return withOrigin(rule);
        }
        if (rule.slice().isEmpty()) {
            return List.of(new RuleJudge(policy, input, rule, all).judge());
        }
        if (all.isEmpty()) {
            return List.of(
                    new Draft(rule, Optional.empty())
                            .decided(
                                    Outcome.INCONCLUSIVE,
                                    rule.metric()
                                            + ": slices need predictions: give a file of predictions with the column of the slice."));
        }
        List<Scope> scopes = slices.computeIfAbsent(
                rule.slice().get(), spec -> scopes(spec, all.orElseThrow().set()));
        return rule.criterion() instanceof Gap gap
                ? List.of(new GapJudge(rule, gap, scopes).judge())
                : eachSlice(rule, scopes);
    }

    /** Of what a rule looks at itself, only the candidate's disturbed answers have slices. */
    private List<Draft> withOrigin(Rule rule) {
        Optional<EvaluationSet> disturbed =
                Optional.ofNullable(input.disturbed().get(rule.name()));
        if (disturbed.isPresent() && rule.slice().isPresent()) {
            return eachSlice(rule, scopes(rule.slice().get(), disturbed.get()));
        }
        return List.of(new RuleJudge(policy, input, rule, disturbed.map(set -> new Scope(Optional.empty(), set)))
                .judge());
    }

    private List<Draft> eachSlice(Rule rule, List<Scope> scopes) {
        SliceSpec spec = rule.slice().orElseThrow();
        List<Draft> drafts = new ArrayList<>();
        for (Scope scope : scopes) {
            if (!spec.ignoreSmall() || scope.effectiveRows(rule.metric()) >= spec.minimumRows()) {
                drafts.add(new RuleJudge(policy, input, rule, Optional.of(scope)).judge());
            }
        }
        if (drafts.isEmpty()) {
            drafts.add(new Draft(rule, Optional.empty())
                    .rowsNeeded(spec.minimumRows())
                    .decided(
                            Outcome.INCONCLUSIVE,
                            rule.metric() + ": no slice of '" + spec.name() + "' has " + spec.minimumRows()
                                    + " rows."));
        }
        return drafts;
    }

    private static List<Scope> scopes(SliceSpec spec, EvaluationSet set) {
        SliceColumn column = set.slices(spec.name())
                .orElseThrow(() ->
                        new IllegalArgumentException("the predictions were read without the slice " + spec.name()));
        List<Scope> scopes = new ArrayList<>();
        List<EvaluationSet> sets = set.slices(column);
        for (int value = 0; value < column.values().size(); value++) {
            String name = spec.where().isPresent()
                    ? spec.name()
                    : spec.name() + "=" + column.values().get(value);
            scopes.add(new Scope(Optional.of(name), sets.get(value)));
        }
        return scopes;
    }
}
