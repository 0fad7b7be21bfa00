package io.mldelivery.runner.steps.flow;

import hudson.Extension;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code warnError}: a failure of the block is logged and makes the build unstable, but the script goes on. */
public final class WarnErrorStep extends Step {
    private final String message;
    private boolean catchInterruptions = true;

    @DataBoundConstructor
    public WarnErrorStep(String message) {
        if (message == null || message.isBlank()) {
            throw new IllegalArgumentException("A non-empty message is required");
        }
        this.message = message;
    }

    /** Whether an interruption of the build is caught as well. */
    @DataBoundSetter
    public void setCatchInterruptions(boolean catchInterruptions) {
        this.catchInterruptions = catchInterruptions;
    }

    @Override
    public StepExecution start(StepContext context) {
        String unstable = Result.UNSTABLE.toString();
        return new CatchExecution(context, new Catch(message, unstable, unstable, catchInterruptions));
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("warnError", true, Run.class, TaskListener.class);
        }
    }
}
