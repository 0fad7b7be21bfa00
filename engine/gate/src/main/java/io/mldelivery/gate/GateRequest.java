package io.mldelivery.gate;

import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.predictions.PredictionFiles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a gate is to judge.
 *
 * @param policyName the policy's file, for messages
 * @param policy the policy's YAML
 * @param metrics gives what was reported of the candidate
 * @param champion gives the champion
 * @param predictions where predictions lie, when there are any
 * @param folder where the files that rules name are looked up
 * @param context what is known beyond this candidate
 */
public record GateRequest(
        String policyName,
        String policy,
        Reading<MetricSet> metrics,
        Reading<Champion> champion,
        Optional<PredictionFiles> predictions,
        Path folder,
        GateContext context) {
    /** Without anything beyond this candidate. */
    public GateRequest(
            String policyName,
            String policy,
            Reading<MetricSet> metrics,
            Reading<Champion> champion,
            Optional<PredictionFiles> predictions,
            Path folder) {
        this(policyName, policy, metrics, champion, predictions, folder, GateContext.none());
    }

    /** Reads something when it is needed, so that what cannot be read becomes an outcome. */
    @FunctionalInterface
    public interface Reading<T> {
        T read();
    }
}
