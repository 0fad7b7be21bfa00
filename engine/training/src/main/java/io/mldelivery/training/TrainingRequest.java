package io.mldelivery.training;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to train. Travels to the agent and over restarts, hence a plain serializable class.
 *
 * <p>Paths and patterns are relative to the workspace, with {@code /}.
 */
public final class TrainingRequest implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long HIGHEST_SEED = 4_294_967_295L;

    private final String script;
    private final String environment;
    private final LinkedHashMap<String, String> parameters = new LinkedHashMap<>();
    private final ArrayList<String> data = new ArrayList<>();
    private final ArrayList<String> outputs = new ArrayList<>();
    private long seed;
    private String experiment = "";
    private String metrics = "";
    private boolean cache = true;
    private final LinkedHashMap<String, String> tags = new LinkedHashMap<>();

    /**
     * Begins a request.
     *
     * @param script the Python script
     * @param environment the lock file with hashes that its environment is made from
     */
    public TrainingRequest(String script, String environment) {
        this.script = script;
        this.environment = environment;
    }

    /** Values for the script, by name; names may hold letters, digits and _. */
    public TrainingRequest parameters(Map<String, String> values) {
        values.keySet().stream()
                .filter(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*"))
                .findFirst()
                .ifPresent(name -> {
                    throw new DeliveryException(
                            Code.CONFIG,
                            "parameters: '" + name + "' cannot be the name of a parameter",
                            "Use letters, digits and _ only, not starting with a digit.");
                });
        parameters.putAll(values);
        return this;
    }

    /** Patterns of the files that the script reads. */
    public TrainingRequest data(List<String> patterns) {
        data.addAll(patterns);
        return this;
    }

    /** Patterns of the files that the script writes and that are to be kept. */
    public TrainingRequest outputs(List<String> patterns) {
        outputs.addAll(patterns);
        return this;
    }

    /** The random seed, 0 to 4294967295 (what Python's hash seed allows). */
    public TrainingRequest seed(long value) {
        if (value < 0 || value > HIGHEST_SEED) {
            throw new DeliveryException(
                    Code.CONFIG, "seed: " + value + " is out of range", "Use 0 to " + HIGHEST_SEED + ".");
        }
        seed = value;
        return this;
    }

    /** MLflow's experiment to record in; made when absent. */
    public TrainingRequest experiment(String name) {
        experiment = name;
        return this;
    }

    /** The output that holds the metrics; empty for the one called {@code metrics.json}, when there is one. */
    public TrainingRequest metrics(String path) {
        metrics = path;
        return this;
    }

    /** Whether a recorded result of the same inputs may be used instead of training again. */
    public TrainingRequest cache(boolean allowed) {
        cache = allowed;
        return this;
    }

    /** What else to record with the run, such as the build and the commit. */
    public TrainingRequest tags(Map<String, String> values) {
        tags.putAll(values);
        return this;
    }

    public String script() {
        return script;
    }

    public String environment() {
        return environment;
    }

    public Map<String, String> parameters() {
        return Map.copyOf(parameters);
    }

    public List<String> data() {
        return List.copyOf(data);
    }

    public List<String> outputs() {
        return List.copyOf(outputs);
    }

    public long seed() {
        return seed;
    }

    public String experiment() {
        return experiment;
    }

    public String metrics() {
        return metrics;
    }

    public boolean cache() {
        return cache;
    }

    public Map<String, String> tags() {
        return Map.copyOf(tags);
    }
}
