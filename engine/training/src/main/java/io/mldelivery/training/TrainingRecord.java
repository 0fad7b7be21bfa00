package io.mldelivery.training;

import io.mldelivery.digest.FileDigest;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a successful training used and made. Stored with the run as {@code mldelivery/training.json}, from which a later
 * build takes it when the inputs are the same.
 *
 * @param inputsDigest see {@link io.mldelivery.training.inputs.TrainingInputs#digest()}
 * @param code the script and the Python files beside it
 * @param metrics by name; NaN and infinities are possible
 * @param durationSeconds how long the script ran
 */
public record TrainingRecord(
        String runId,
        String experimentId,
        String experiment,
        String script,
        long seed,
        String pythonVersion,
        String environmentDigest,
        String inputsDigest,
        List<FileDigest> code,
        List<FileDigest> data,
        LinkedHashMap<String, String> parameters,
        LinkedHashMap<String, Double> metrics,
        List<FileDigest> outputs,
        double durationSeconds)
        implements Serializable {

    /** Returns the run's address for other steps: {@code runs:/<run>}. */
    public String uri() {
        return "runs:/" + runId;
    }

    static <V> LinkedHashMap<String, V> sorted(Map<String, V> map) {
        LinkedHashMap<String, V> result = new LinkedHashMap<>();
        map.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> result.put(e.getKey(), e.getValue()));
        return result;
    }

    TrainingRecord with(Map<String, Double> newMetrics, List<FileDigest> newOutputs, double seconds) {
        return new TrainingRecord(
                runId,
                experimentId,
                experiment,
                script,
                seed,
                pythonVersion,
                environmentDigest,
                inputsDigest,
                code,
                data,
                parameters,
                sorted(newMetrics),
                List.copyOf(newOutputs),
                seconds);
    }
}
