package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.outcome.OutcomeHandling;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Returns a target to a version that served there before: traffic, objects and the alias champion. */
public final class RollbackModelStep extends Step {
    private final String model;
    private String to = "";
    private String target = TargetArgument.LOCAL;

    /** @param model the registered model's name */
    @DataBoundConstructor
    public RollbackModelStep(String model) {
        this.model = model;
    }

    public String getModel() {
        return model;
    }

    public String getTo() {
        return to;
    }

    /** The version; empty: the one that served before the present one. */
    @DataBoundSetter
    public void setTo(String to) {
        this.to = TargetArgument.textOr(to, "");
    }

    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = TargetArgument.textOr(target, TargetArgument.LOCAL);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        if (model == null || model.isBlank() || model.contains(":/")) {
            throw new AbortException("rollbackModel: model is '" + model
                    + "', which is not the name of a registered model" + System.lineSeparator()
                    + "Write its name, such as late-flights, and the version into to.");
        }
        RolloutSettings settings =
                RolloutSettings.back(model.trim(), to, TargetArgument.parse("rollbackModel", target));
        return new CanaryDeployExecution(context, settings, OutcomeHandling.of("", "", ""));
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "rollbackModel";
        }

        @Override
        public String getDisplayName() {
            return "Return to an earlier model version";
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
