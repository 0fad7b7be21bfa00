package io.jenkins.plugins.mldelivery.gate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.outcome.OutcomeHandling;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code evaluateGate(policy: …, candidate: …, champion: …)}: judges a candidate model by a policy, alone and against
 * its champion. Returns a {@link GateOutcome}; docs/reference/evaluateGate.md describes all arguments.
 */
public final class EvaluateGateStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String policy;
    private final String candidate;
    private String champion = "";
    private String predictions = "";
    private String championPredictions = "";
    private ArrayList<String> metrics = new ArrayList<>();
    private String rows = "";
    private String model = "";
    private String runner = "";
    private String environment = "";
    private String junit = "";
    private String onFail = "";
    private String onInconclusive = "";
    private String onError = "";

    @DataBoundConstructor
    public EvaluateGateStep(String policy, String candidate) {
        this.policy = trimmed(policy);
        this.candidate = trimmed(candidate);
    }

    private static String trimmed(String value) {
        return value == null ? "" : value.trim();
    }

    public String getPolicy() {
        return policy;
    }

    public String getCandidate() {
        return candidate;
    }

    public String getChampion() {
        return champion;
    }

    @DataBoundSetter
    public void setChampion(String champion) {
        this.champion = trimmed(champion);
    }

    public String getPredictions() {
        return predictions;
    }

    @DataBoundSetter
    public void setPredictions(String predictions) {
        this.predictions = trimmed(predictions);
    }

    public String getChampionPredictions() {
        return championPredictions;
    }

    @DataBoundSetter
    public void setChampionPredictions(String championPredictions) {
        this.championPredictions = trimmed(championPredictions);
    }

    public List<String> getMetrics() {
        return new ArrayList<>(metrics);
    }

    @DataBoundSetter
    public void setMetrics(List<String> metrics) {
        this.metrics = new ArrayList<>();
        for (String file : metrics == null ? List.<String>of() : metrics) {
            this.metrics.add(trimmed(file));
        }
    }

    public String getRows() {
        return rows;
    }

    @DataBoundSetter
    public void setRows(String rows) {
        this.rows = trimmed(rows);
    }

    public String getModel() {
        return model;
    }

    @DataBoundSetter
    public void setModel(String model) {
        this.model = trimmed(model);
    }

    public String getRunner() {
        return runner;
    }

    @DataBoundSetter
    public void setRunner(String runner) {
        this.runner = trimmed(runner);
    }

    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = trimmed(environment);
    }

    public String getJunit() {
        return junit;
    }

    @DataBoundSetter
    public void setJunit(String junit) {
        this.junit = trimmed(junit);
    }

    public String getOnFail() {
        return onFail;
    }

    @DataBoundSetter
    public void setOnFail(String onFail) {
        this.onFail = trimmed(onFail);
    }

    public String getOnInconclusive() {
        return onInconclusive;
    }

    @DataBoundSetter
    public void setOnInconclusive(String onInconclusive) {
        this.onInconclusive = trimmed(onInconclusive);
    }

    public String getOnError() {
        return onError;
    }

    @DataBoundSetter
    public void setOnError(String onError) {
        this.onError = trimmed(onError);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new EvaluateGateExecution(context, this, OutcomeHandling.of(onFail, onInconclusive, onError));
    }

    /** Tells Pipeline what the step is called and needs. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "evaluateGate";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.EvaluateGateStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(FilePath.class, EnvVars.class, Run.class, TaskListener.class);
        }
    }
}
