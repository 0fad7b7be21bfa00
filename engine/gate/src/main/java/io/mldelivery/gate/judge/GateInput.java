package io.mldelivery.gate.judge;

import io.mldelivery.gate.holdout.Allowance;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.metric.MetricValue;
import io.mldelivery.gate.policy.Against;
import io.mldelivery.gate.predictions.EvaluationSet;
import java.util.Map;
import java.util.Optional;

/**
 * What a candidate is judged by.
 *
 * @param metrics what was reported of the candidate
 * @param predictions what candidate and champion say about the same rows
 * @param derived by rule name, values of rules that look at files of their own
 * @param disturbed by rule name, the candidate with disturbed inputs (as candidate) and undisturbed (as champion)
 * @param baselines what rules of the kind change compare with, where it is not the champion
 * @param allowance what the evaluation set may still decide, where it is kept track of
 */
public record GateInput(
        MetricSet metrics,
        Champion champion,
        Optional<EvaluationSet> predictions,
        Map<String, Derived> derived,
        Map<String, EvaluationSet> disturbed,
        Map<Against, Champion> baselines,
        Optional<Allowance> allowance) {
    public GateInput {
        derived = Map.copyOf(derived);
        disturbed = Map.copyOf(disturbed);
        baselines = Map.copyOf(baselines);
    }

    /** Without rules that look at files of their own. */
    public GateInput(MetricSet metrics, Champion champion, Optional<EvaluationSet> predictions) {
        this(metrics, champion, predictions, Map.of(), Map.of(), Map.of(), Optional.empty());
    }

    /**
     * A value with the number of rows it rests on.
     *
     * @param rows 0 when there is no value
     * @param detail more on the value for the reason; may be empty
     */
    public record Derived(MetricValue value, long rows, String detail) {}
}
