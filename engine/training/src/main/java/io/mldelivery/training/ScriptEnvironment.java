package io.mldelivery.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a training script finds in its environment. */
final class ScriptEnvironment {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ScriptEnvironment() {}

    static Map<String, String> of(
            TrainingRecord job, PythonEnvironment python, Path control, Map<String, String> environment)
            throws IOException {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(environment);
        all.keySet()
                .removeIf(
                        name -> name.equals("PYTHONPATH") || name.equals("PYTHONHOME") || name.equals("PYTHONSTARTUP"));
        all.put("PATH", python.folder().resolve("bin") + ":" + all.getOrDefault("PATH", "/usr/bin:/bin"));
        all.put("VIRTUAL_ENV", python.folder().toString());
        all.put("PYTHONNOUSERSITE", "1");
        all.put("PYTHONUNBUFFERED", "1");
        // From 1.29 ONNX Runtime reports to its maker unless told not to.
        all.putIfAbsent("ORT_DISABLE_TELEMETRY", "1");
        all.put("PYTHONHASHSEED", Long.toString(job.seed()));
        all.put("MLDELIVERY_SEED", Long.toString(job.seed()));
        all.put("MLFLOW_RUN_ID", job.runId());
        all.put("MLFLOW_EXPERIMENT_ID", job.experimentId());
        Path parameters = control.resolve("parameters.json");
        Files.write(parameters, JSON.writeValueAsBytes(job.parameters()));
        all.put("MLDELIVERY_PARAMETERS", parameters.toString());
        job.parameters().forEach((name, value) -> all.put("MLDELIVERY_PARAM_" + name.toUpperCase(Locale.ROOT), value));
        return all;
    }
}
