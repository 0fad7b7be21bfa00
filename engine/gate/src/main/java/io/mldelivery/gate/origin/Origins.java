package io.mldelivery.gate.origin;

import io.mldelivery.gate.judge.GateEvaluator;
import io.mldelivery.gate.judge.GateInput.Derived;
import io.mldelivery.gate.metric.MetricValue.Missing;
import io.mldelivery.gate.metric.MetricValue.Present;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.gate.policy.Origin;
import io.mldelivery.gate.policy.Origin.Behaviour;
import io.mldelivery.gate.policy.Origin.Disturbance;
import io.mldelivery.gate.policy.Origin.Disturbed;
import io.mldelivery.gate.policy.Rule;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.gate.predictions.PredictionReader;
import io.mldelivery.gate.scoring.RowScoring;
import io.mldelivery.model.DeliveryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the files that a policy's rules name. What cannot be read is a missing value of that rule alone. */
public final class Origins {
    private final GatePolicy policy;
    private final Path folder;
    private final Optional<PredictionFiles> predictions;
    private final Optional<RowScoring> scoring;
    private final Instant now;

    /**
     * Prepares; nothing is read yet.
     *
     * @param folder where relative names start
     * @param scoring runs the candidate with disturbed inputs and on metamorphic cases
     * @param now against which the age of data is measured
     */
    public Origins(
            GatePolicy policy,
            Path folder,
            Optional<PredictionFiles> predictions,
            Optional<RowScoring> scoring,
            Instant now) {
        this.policy = policy;
        this.folder = folder;
        this.predictions = predictions;
        this.scoring = scoring;
        this.now = now;
    }

    /** The values of rules that look at tables, by rule name. */
    public Map<String, Derived> derived() {
        Map<String, Derived> values = new LinkedHashMap<>();
        policy.rules()
                .forEach(rule -> rule.origin()
                        .filter(origin -> !(origin instanceof Disturbed) && !(origin instanceof Disturbance))
                        .ifPresent(origin -> values.put(rule.name(), derived(origin))));
        return values;
    }

    private Derived derived(Origin origin) {
        try {
            if (origin instanceof Behaviour behaviour) {
                return new MetamorphicCases(folder, policy.columns(), scoring).measure(behaviour);
            }
            return new TableMeasure(folder, policy.columns(), predictions.map(PredictionFiles::candidate), now)
                    .measure(origin);
        } catch (DeliveryException e) {
            return new Derived(new Missing("cannot be measured: " + e.what()), 0, "");
        }
    }

    /** The candidate with disturbed inputs against itself, by rule name; none where no predictions were given. */
    public Map<String, EvaluationSet> disturbed() {
        Map<String, EvaluationSet> sets = new LinkedHashMap<>();
        policy.rules()
                .forEach(rule -> rule.origin().ifPresent(origin -> {
                    if (predictions.isPresent()) {
                        disturbed(origin).ifPresent(file -> sets.put(rule.name(), read(file, rule)));
                    }
                }));
        return sets;
    }

    private Optional<String> disturbed(Origin origin) {
        if (origin instanceof Disturbed disturbed) {
            return Optional.of(disturbed.predictions());
        }
        return origin instanceof Disturbance disturbance
                ? scoring.filter(RowScoring::hasRows)
                        .map(rows -> rows.disturbed(policy.columns(), disturbance, policy.seed()))
                : Optional.empty();
    }

    private EvaluationSet read(String file, Rule rule) {
        var files = new PredictionFiles(folder, file, predictions.map(PredictionFiles::candidate));
        return PredictionReader.read(
                files,
                policy.columns(),
                GateEvaluator.taskOf(policy),
                rule.slice().stream().toList());
    }

    static Derived of(double value, long rows) {
        return of(value, rows, "");
    }

    static Derived of(double value, long rows, String detail) {
        return Double.isFinite(value)
                ? new Derived(new Present(value), rows, detail)
                : new Derived(new Missing("has no value: there are " + rows + " rows with one"), rows, "");
    }
}
