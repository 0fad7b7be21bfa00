package io.jenkins.plugins.mldelivery.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code trainModel} returns to the Pipeline script: a training that succeeded, now or before. Immutable. */
public final class TrainingResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String runId;
    private final String experimentId;
    private final LinkedHashMap<String, Double> metrics;
    private final ArrayList<String> outputs;
    private final boolean cached;

    TrainingResult(
            String runId, String experimentId, Map<String, Double> metrics, List<String> outputs, boolean cached) {
        this.runId = runId;
        this.experimentId = experimentId;
        this.metrics = new LinkedHashMap<>(metrics);
        this.outputs = new ArrayList<>(outputs);
        this.cached = cached;
    }

    /** The run in MLflow that holds parameters, metrics and files. */
    @Whitelisted
    public String getRunId() {
        return runId;
    }

    @Whitelisted
    public String getExperimentId() {
        return experimentId;
    }

    /** The run's address for other steps: {@code runs:/<run>}. */
    @Whitelisted
    public String getUri() {
        return "runs:/" + runId;
    }

    /** By name, as the script wrote them. */
    @Whitelisted
    public Map<String, Double> getMetrics() {
        return new LinkedHashMap<>(metrics);
    }

    /** The files the training made, relative to the workspace, where they are now. */
    @Whitelisted
    public List<String> getOutputs() {
        return new ArrayList<>(outputs);
    }

    /** Whether the result was taken from an earlier run with the same inputs. */
    @Whitelisted
    public boolean isCached() {
        return cached;
    }

    @Whitelisted
    @Override
    public String toString() {
        return getUri() + (cached ? " (cached)" : "");
    }
}
