package io.jenkins.plugins.mldelivery.drift;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.outcome.OutcomeHandling;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code driftCheck(reference: …, current: …, policy: …)}: compares two tables in the workspace, column by column, on
 * the agent. Returns a {@link DriftOutcome}; docs/reference/driftCheck.md describes all arguments.
 */
public final class DriftCheckStep extends EngineStep {
    private static final long serialVersionUID = 1L;
    private static final int DEFAULT_MEMORY = 1024;

    private final String reference;
    private final String current;
    private String policy = "";
    private String report = "drift-report.html";
    private String markdown = "";
    private String metrics = "";
    private int memoryMiB = DEFAULT_MEMORY;
    private String onFail = "";
    private String onDrift = "";
    private String retrain = "";
    private String onInconclusive = "";
    private String onError = "";

    @DataBoundConstructor
    public DriftCheckStep(String reference, String current) {
        this.reference = reference;
        this.current = current;
    }

    public String getReference() {
        return reference;
    }

    public String getCurrent() {
        return current;
    }

    public String getPolicy() {
        return policy;
    }

    @DataBoundSetter
    public void setPolicy(String policy) {
        this.policy = policy == null ? "" : policy.trim();
    }

    public String getReport() {
        return report;
    }

    @DataBoundSetter
    public void setReport(String report) {
        this.report = report == null ? "" : report.trim();
    }

    public String getMarkdown() {
        return markdown;
    }

    @DataBoundSetter
    public void setMarkdown(String markdown) {
        this.markdown = markdown == null ? "" : markdown.trim();
    }

    public String getMetrics() {
        return metrics;
    }

    @DataBoundSetter
    public void setMetrics(String metrics) {
        this.metrics = metrics == null ? "" : metrics.trim();
    }

    public int getMemoryMiB() {
        return memoryMiB;
    }

    @DataBoundSetter
    public void setMemoryMiB(int memoryMiB) {
        this.memoryMiB = memoryMiB;
    }

    public String getOnFail() {
        return onFail;
    }

    @DataBoundSetter
    public void setOnFail(String onFail) {
        this.onFail = onFail == null ? "" : onFail;
    }

    public String getOnDrift() {
        return onDrift == null ? "" : onDrift; // stored by a version that had no such argument
    }

    /** As {@code onFail}, and {@code retrain}. */
    @DataBoundSetter
    public void setOnDrift(String onDrift) {
        this.onDrift = onDrift == null ? "" : onDrift.trim();
    }

    public String getRetrain() {
        return retrain == null ? "" : retrain;
    }

    /** The trigger that {@code onDrift: 'retrain'} asks. */
    @DataBoundSetter
    public void setRetrain(String retrain) {
        this.retrain = retrain == null ? "" : retrain.trim();
    }

    public String getOnInconclusive() {
        return onInconclusive;
    }

    @DataBoundSetter
    public void setOnInconclusive(String onInconclusive) {
        this.onInconclusive = onInconclusive == null ? "" : onInconclusive;
    }

    public String getOnError() {
        return onError;
    }

    @DataBoundSetter
    public void setOnError(String onError) {
        this.onError = onError == null ? "" : onError;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        checkEngine();
        if (isOnSpark() && memoryMiB != DEFAULT_MEMORY) {
            throw refused(
                    "driftCheck: memoryMiB: " + memoryMiB + " is DuckDB's limit",
                    "Give Spark its own: sparkConf: ['spark.driver.memory': '4g', 'spark.executor.memory': '8g'].");
        }
        String reaction = DriftReaction.check(onFail, getOnDrift(), getRetrain());
        OutcomeHandling handling = OutcomeHandling.of(reaction, onInconclusive, onError);
        return new DriftCheckExecution(context, this, handling);
    }

    /** Tells Pipeline what the step is called and needs. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "driftCheck";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return "Compare data with a reference";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(FilePath.class, Run.class, TaskListener.class, EnvVars.class);
        }
    }
}
