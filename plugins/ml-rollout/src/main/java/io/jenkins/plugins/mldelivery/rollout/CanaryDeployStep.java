package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.outcome.OutcomeHandling;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Rolls a registered model version out step by step, watches it, and promotes it or goes back by itself. */
public final class CanaryDeployStep extends Step {
    private static final String NO_DRILL = "none";

    private final String model;
    private String plan = DescriptorImpl.DEFAULT_PLAN;
    private String target = TargetArgument.LOCAL;
    private String replay = "";
    private String drill = NO_DRILL;
    private boolean waitForTarget;
    private String onFail = "";
    private String onInconclusive = "";
    private String onError = "";

    /** @param model {@code models:/name/3} or {@code models:/name@alias} */
    @DataBoundConstructor
    public CanaryDeployStep(String model) {
        this.model = model;
    }

    public String getModel() {
        return model;
    }

    public String getPlan() {
        return plan;
    }

    @DataBoundSetter
    public void setPlan(String plan) {
        this.plan = TargetArgument.textOr(plan, DescriptorImpl.DEFAULT_PLAN);
    }

    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = TargetArgument.textOr(target, TargetArgument.LOCAL);
    }

    public String getReplay() {
        return replay;
    }

    @DataBoundSetter
    public void setReplay(String replay) {
        this.replay = TargetArgument.textOr(replay, "");
    }

    public String getDrill() {
        return drill;
    }

    @DataBoundSetter
    public void setDrill(String drill) {
        this.drill = TargetArgument.textOr(drill, NO_DRILL);
    }

    public boolean isWaitForTarget() {
        return waitForTarget;
    }

    /** Whether to wait, instead of failing, while another rollout is under way on the target. */
    @DataBoundSetter
    public void setWaitForTarget(boolean waitForTarget) {
        this.waitForTarget = waitForTarget;
    }

    public String getOnFail() {
        return onFail;
    }

    @DataBoundSetter
    public void setOnFail(String onFail) {
        this.onFail = TargetArgument.textOr(onFail, "");
    }

    public String getOnInconclusive() {
        return onInconclusive;
    }

    @DataBoundSetter
    public void setOnInconclusive(String onInconclusive) {
        this.onInconclusive = TargetArgument.textOr(onInconclusive, "");
    }

    public String getOnError() {
        return onError;
    }

    @DataBoundSetter
    public void setOnError(String onError) {
        this.onError = TargetArgument.textOr(onError, "");
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new CanaryDeployExecution(context, settings(), OutcomeHandling.of(onFail, onInconclusive, onError));
    }

    private RolloutSettings settings() throws AbortException {
        if (model == null || !model.startsWith("models:/")) {
            throw new AbortException(
                    "canaryDeploy: model is '" + model + "', which names no registered version" + System.lineSeparator()
                            + "Write models:/name/3 or models:/name@challenger, or registerModel's version.uri.");
        }
        return RolloutSettings.forward(
                model, plan, TargetArgument.parse("canaryDeploy", target), replay, checkedDrill(), waitForTarget);
    }

    private String checkedDrill() throws AbortException {
        String kind = drill.contains("=") ? drill.substring(0, drill.indexOf('=')) : drill;
        if (!List.of(NO_DRILL, "errors", "latency").contains(kind)) {
            throw new AbortException("canaryDeploy: drill '" + drill + "' is not known" + System.lineSeparator()
                    + "Use none, errors or latency, such as errors=0.5 or latency=400ms.");
        }
        return drill.equals(NO_DRILL) ? "" : drill;
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        /** Where the plan is looked for when the step does not say. */
        public static final String DEFAULT_PLAN = "rollout.yaml";

        @Override
        public String getFunctionName() {
            return "canaryDeploy";
        }

        @Override
        public String getDisplayName() {
            return "Roll out a model version and watch it";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            Set<Class<?>> required = new LinkedHashSet<>();
            required.add(Run.class);
            required.add(FilePath.class);
            required.add(EnvVars.class);
            required.add(TaskListener.class);
            return required;
        }
    }
}
