package io.jenkins.plugins.mldelivery.training;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code optimizeModel(model: …, output: …, environment: …)}: makes an ONNX model smaller or faster with ONNX Runtime's own
 * tools in the training's environment, and measures both. A gate decides whether it is still good. Returns an
 * {@link OptimizationResult}; docs/reference/optimizeModel.md describes all arguments.
 */
public final class OptimizeModelStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final String output;
    private final String environment;
    private String method = "dynamic";
    private String rows = "";
    private String calibration = "";
    private String run = "";

    @DataBoundConstructor
    public OptimizeModelStep(String model, String output, String environment) {
        this.model = text(model);
        this.output = text(output);
        this.environment = text(environment);
    }

    private static String text(String value) {
        return value == null ? "" : value.trim();
    }

    public String getModel() {
        return model;
    }

    public String getOutput() {
        return output;
    }

    public String getEnvironment() {
        return environment;
    }

    public String getMethod() {
        return method;
    }

    /** {@code graph}, {@code dynamic} or {@code static}. */
    @DataBoundSetter
    public void setMethod(String method) {
        this.method = text(method).isEmpty() ? "dynamic" : text(method);
    }

    public String getRows() {
        return rows;
    }

    @DataBoundSetter
    public void setRows(String rows) {
        this.rows = text(rows);
    }

    public String getCalibration() {
        return calibration;
    }

    @DataBoundSetter
    public void setCalibration(String calibration) {
        this.calibration = text(calibration);
    }

    public String getRun() {
        return run;
    }

    @DataBoundSetter
    public void setRun(String run) {
        this.run = text(run);
    }

    /** The run's id, also when it was given as {@code runs:/<id>}; empty for none. */
    String runId() {
        return run.startsWith("runs:/") ? run.substring("runs:/".length()) : run;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new OptimizeModelExecution(context, this);
    }

    /** Tells Pipeline what the step is called and needs. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "optimizeModel";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.OptimizeModelStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(FilePath.class, EnvVars.class, Run.class, TaskListener.class);
        }
    }
}
