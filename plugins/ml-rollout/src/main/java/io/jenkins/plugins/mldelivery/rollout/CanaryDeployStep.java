package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.outcome.OutcomeHandling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    private String model = "";
    private String plan = "";
    private String strategy = "";
    private ArrayList<String> weights = new ArrayList<>();
    private ArrayList<String> pauses = new ArrayList<>();
    private ArrayList<LinkedHashMap<String, Object>> group = new ArrayList<>();
    private String target = TargetArgument.LOCAL;
    private String replay = "";
    private String drill = NO_DRILL;
    private boolean waitForTarget;
    private String onFail = "";
    private String onInconclusive = "";
    private String onError = "";

    @DataBoundConstructor
    public CanaryDeployStep() {}

    /** @param model {@code models:/name/3} or {@code models:/name@alias} */
    public CanaryDeployStep(String model) {
        setModel(model);
    }

    public String getModel() {
        return model;
    }

    /** {@code models:/name/3} or {@code models:/name@alias}; left out where there is a group. */
    @DataBoundSetter
    public void setModel(String model) {
        this.model = TargetArgument.textOr(model, "");
    }

    public Object getPlan() {
        return plan;
    }

    /** A file in the workspace, or the plan itself as a map or as text of several lines. */
    @DataBoundSetter
    public void setPlan(Object plan) {
        this.plan = TargetArgument.textOr(PlanArgument.textOf(plan), "");
    }

    public String getStrategy() {
        return strategy;
    }

    /** Takes the place of the plan's strategy. */
    @DataBoundSetter
    public void setStrategy(String strategy) {
        this.strategy = TargetArgument.textOr(strategy, "");
    }

    public Object getWeights() {
        return String.join(", ", weights);
    }

    /** Take the place of the plan's steps: a list of percentages, or one text with commas. */
    @DataBoundSetter
    public void setWeights(Object weights) {
        this.weights = new ArrayList<>(PlanArgument.list(weights));
    }

    public Object getPauses() {
        return String.join(", ", pauses);
    }

    /** How long to stay at each weight: one for each, or one for all. */
    @DataBoundSetter
    public void setPauses(Object pauses) {
        this.pauses = new ArrayList<>(PlanArgument.list(pauses));
    }

    public Object getGroup() {
        return group.isEmpty() ? null : new ArrayList<>(group);
    }

    /** Several rollouts with one verdict: a list of maps, each with the arguments in which it differs from the step. */
    @DataBoundSetter
    public void setGroup(Object group) {
        this.group = new ArrayList<>();
        if (group instanceof Iterable<?> members) {
            for (Object member : members) {
                this.group.add(GroupArgument.member(member));
            }
        } else if (group != null && !group.toString().isBlank()) {
            this.group.add(GroupArgument.member(group));
        }
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
        OutcomeHandling handling = OutcomeHandling.of(onFail, onInconclusive, onError);
        if (group.isEmpty()) {
            return new CanaryDeployExecution(context, settings(), handling);
        }
        List<RolloutSettings> members = new ArrayList<>();
        for (CanaryDeployStep member : GroupArgument.steps(this, group)) {
            members.add(member.settings());
        }
        return new GroupDeployExecution(context, members, handling);
    }

    private RolloutSettings settings() throws AbortException {
        if (!model.startsWith("models:/")) {
            throw new AbortException(
                    "canaryDeploy: model is '" + model + "', which names no registered version" + System.lineSeparator()
                            + "Write models:/name/3 or models:/name@challenger, or registerModel's version.uri.");
        }
        return RolloutSettings.forward(
                model,
                new PlanArgument(plan, strategy, PlanArgument.numbers(weights), pauses),
                TargetArgument.parse("canaryDeploy", target),
                replay,
                checkedDrill(),
                waitForTarget);
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
