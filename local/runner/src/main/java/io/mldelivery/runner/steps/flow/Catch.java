package io.mldelivery.runner.steps.flow;

import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.Failures;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Turns the failure of a block into log lines and a build result. */
final class Catch extends BodyExecutionCallback {
    private static final long serialVersionUID = 1L;

    private final String message;
    private final String buildResult;
    private final String stageResult;
    private final boolean interruptions;

    Catch(String message, String buildResult, String stageResult, boolean interruptions) {
        this.message = message;
        this.buildResult = buildResult;
        this.stageResult = stageResult;
        this.interruptions = interruptions;
    }

    @Override
    public void onSuccess(StepContext context, Object result) {
        context.onSuccess(null);
    }

    @Override
    public void onFailure(StepContext context, Throwable cause) {
        if (!interruptions && Failures.isInterruption(cause)) {
            context.onFailure(cause);
            return;
        }
        try {
            TaskListener listener = context.get(TaskListener.class);
            if (message != null) {
                listener.error(message);
            }
            Run<?, ?> build = context.get(Run.class);
            Failures.print(cause, build, listener);
            worsen(build, listener, resultFor(cause));
            markStage(context, cause);
            context.onSuccess(null);
        } catch (IOException | InterruptedException e) {
            context.onFailure(e);
        }
    }

    private Result resultFor(Throwable cause) {
        return cause instanceof FlowInterruptedException interruption
                ? interruption.getResult()
                : Result.fromString(buildResult);
    }

    private static void worsen(Run<?, ?> build, TaskListener listener, Result result) {
        if (result.isWorseThan(Result.SUCCESS)) {
            Result current = build.getResult();
            if (current == null || result.isWorseThan(current)) {
                listener.getLogger().println("Setting overall build result to " + result);
            }
            build.setResult(result);
        }
    }

    private void markStage(StepContext context, Throwable cause) throws IOException, InterruptedException {
        Result stage = cause instanceof FlowInterruptedException interruption
                ? interruption.getResult()
                : Result.fromString(stageResult);
        StageResults marks = context.get(StageResults.class);
        if (marks != null && stage.isWorseThan(Result.SUCCESS)) {
            marks.worsen(stage);
        }
    }
}
