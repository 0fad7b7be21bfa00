package io.mldelivery.runner.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** How a failure appears in the log. */
public final class Failures {
    private Failures() {}

    /** An abort as one line, an interruption by its causes, all else with its stack trace. */
    public static void print(Throwable failure, Run<?, ?> build, TaskListener listener) {
        if (failure instanceof AbortException) {
            listener.error(failure.getMessage());
        } else if (failure instanceof FlowInterruptedException interruption) {
            interruption.handle(build, listener);
        } else {
            listener.getLogger().print(StackTraces.text(failure));
        }
    }

    /** Whether someone or something asked the build to stop, as opposed to a step that failed. */
    public static boolean isInterruption(Throwable failure) {
        return failure instanceof FlowInterruptedException interruption && interruption.isActualInterruption();
    }
}
