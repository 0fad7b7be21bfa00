package io.jenkins.plugins.mldelivery.training;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code trainModel(script: …, environment: …)}: runs a training script on the agent, reproducibly, and records it in
 * MLflow; takes the recorded result when the same inputs succeeded before. Survives a restart of the controller while the
 * script runs. Returns a {@link TrainingResult}; docs/reference/trainModel.md describes all arguments.
 */
public final class TrainModelStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String script;
    private final String environment;
    private LinkedHashMap<String, String> parameters = new LinkedHashMap<>();
    private ArrayList<String> data = new ArrayList<>();
    private ArrayList<String> outputs = new ArrayList<>();
    private long seed;
    private String experiment = "";
    private String metrics = "";
    private boolean cache = true;

    @DataBoundConstructor
    public TrainModelStep(String script, String environment) {
        this.script = script == null ? "" : script.trim();
        this.environment = environment == null ? "" : environment.trim();
    }

    public String getScript() {
        return script;
    }

    public String getEnvironment() {
        return environment;
    }

    public Map<String, String> getParameters() {
        return new LinkedHashMap<>(parameters);
    }

    /** Values may be texts, numbers or booleans; the script gets them as texts. */
    @DataBoundSetter
    public void setParameters(Map<String, ?> parameters) {
        this.parameters = new LinkedHashMap<>();
        if (parameters != null) {
            parameters.forEach((name, value) -> this.parameters.put(name, String.valueOf(value)));
        }
    }

    public Object getData() {
        return String.join(", ", data);
    }

    /** A pattern, several separated by commas, or a list of patterns. */
    @DataBoundSetter
    public void setData(Object data) {
        this.data = FileList.of("data", data);
    }

    public Object getOutputs() {
        return String.join(", ", outputs);
    }

    /** A pattern, several separated by commas, or a list of patterns. */
    @DataBoundSetter
    public void setOutputs(Object outputs) {
        this.outputs = FileList.of("outputs", outputs);
    }

    public long getSeed() {
        return seed;
    }

    @DataBoundSetter
    public void setSeed(long seed) {
        this.seed = seed;
    }

    public String getExperiment() {
        return experiment;
    }

    @DataBoundSetter
    public void setExperiment(String experiment) {
        this.experiment = experiment == null ? "" : experiment.trim();
    }

    public String getMetrics() {
        return metrics;
    }

    @DataBoundSetter
    public void setMetrics(String metrics) {
        this.metrics = metrics == null ? "" : metrics.trim();
    }

    public boolean isCache() {
        return cache;
    }

    @DataBoundSetter
    public void setCache(boolean cache) {
        this.cache = cache;
    }

    List<String> dataPatterns() {
        return data;
    }

    List<String> outputPatterns() {
        return outputs;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new TrainModelExecution(context, this);
    }

    /** Tells Pipeline what the step is called and needs. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "trainModel";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TrainModelStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(FilePath.class, EnvVars.class, Run.class, TaskListener.class);
        }
    }
}
