package io.mldelivery.gate.judge;

import io.mldelivery.gate.expression.Expression;
import io.mldelivery.gate.expression.Expression.Answer.Decided;
import io.mldelivery.gate.expression.Expression.Answer.Impossible;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.metric.MetricValue.Present;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.model.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Judges a condition over all metrics: those that were reported and those that follow from predictions. */
final class ConditionJudge {
    private final GatePolicy policy;
    private final GateInput input;
    private final Optional<Scope> scope;
    private final Draft draft;

    ConditionJudge(GatePolicy policy, GateInput input, Optional<Scope> scope, Draft draft) {
        this.policy = policy;
        this.input = input;
        this.scope = scope;
        this.draft = draft;
    }

    Draft judge(Expression expression) {
        if (expression.needsChampion() && input.champion() instanceof Champion.Absent absent) {
            return RuleJudge.withoutChampion(policy, draft, "'" + expression + "'", absent);
        }
        MetricSet ofChampion = input.champion() instanceof Champion.Present present
                ? present.metrics()
                : MetricSet.empty("the champion's metrics");
        Expression.Answer answer = expression.evaluate(all(input.metrics(), false), all(ofChampion, true));
        if (answer instanceof Impossible impossible) {
            return draft.decided(Outcome.ERROR, "'" + expression + "' has no value: " + impossible.reason() + ".");
        }
        return ((Decided) answer).holds()
                ? draft.decided(Outcome.PASS, "'" + expression + "' holds.")
                : draft.decided(Outcome.FAIL, "'" + expression + "' does not hold.");
    }

    /** Reported values count before computed ones, except in slices and where both models said something of the rows. */
    private Map<String, Double> all(MetricSet reported, boolean ofChampion) {
        Map<String, Double> values =
                new LinkedHashMap<>(scope.map(s -> s.values(ofChampion)).orElse(Map.of()));
        boolean isSlice = scope.flatMap(Scope::slice).isPresent();
        boolean areMeasured = scope.filter(Scope::hasChampion).isPresent();
        for (String name : isSlice ? java.util.Set.<String>of() : reported.names()) {
            if (areMeasured && values.containsKey(name)) {
                continue; // old metrics are of old rows
            }
            if (reported.get(name) instanceof Present present) {
                values.put(name, present.value());
            } else {
                values.remove(name);
            }
        }
        return values;
    }
}
