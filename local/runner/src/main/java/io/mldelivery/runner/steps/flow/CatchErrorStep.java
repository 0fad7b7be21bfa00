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

/** {@code catchError}: a failure of the block is logged and makes the build fail, but the script goes on. */
public final class CatchErrorStep extends Step {
    private String message;
    private String buildResult = Result.FAILURE.toString();
    private String stageResult = Result.SUCCESS.toString();
    private boolean catchInterruptions = true;

    @DataBoundConstructor
    public CatchErrorStep() {}

    /** Printed before the failure. */
    @DataBoundSetter
    public void setMessage(String message) {
        this.message = message == null || message.isEmpty() ? null : message;
    }

    /** What the build becomes at best. */
    @DataBoundSetter
    public void setBuildResult(String buildResult) {
        this.buildResult = checked("buildResult", buildResult);
    }

    /** What the stage becomes; pages show it. */
    @DataBoundSetter
    public void setStageResult(String stageResult) {
        this.stageResult = checked("stageResult", stageResult);
    }

    /** Whether an interruption of the build is caught as well. */
    @DataBoundSetter
    public void setCatchInterruptions(boolean catchInterruptions) {
        this.catchInterruptions = catchInterruptions;
    }

    static String checked(String parameter, String result) {
        if (result == null) {
            return Result.SUCCESS.toString();
        }
        if (!result.equalsIgnoreCase(Result.fromString(result).toString())) {
            throw new IllegalArgumentException(parameter + " is invalid: " + result
                    + ". Valid options are SUCCESS, UNSTABLE, FAILURE, NOT_BUILT and ABORTED.");
        }
        return result;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new CatchExecution(context, new Catch(message, buildResult, stageResult, catchInterruptions));
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("catchError", true, Run.class, TaskListener.class);
        }
    }
}
