package io.jenkins.plugins.mldelivery.step;

import hudson.AbortException;
import io.mldelivery.model.DeliveryException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/**
 * A step that works in a thread of its own, off the Pipeline's, and turns what the engine reports as wrong into a
 * failure of two lines: what happened, and what to do.
 *
 * <p>Aborting the build interrupts the thread. A restart of the controller fails the step; work that takes longer than
 * about a minute belongs into a resumable {@code StepExecution}, which can still use {@link #failureOf}.
 *
 * @param <T> what the step returns to the Pipeline
 */
public abstract class DeliveryStepExecution<T> extends SynchronousNonBlockingStepExecution<T> {
    private static final long serialVersionUID = 1L;

    protected DeliveryStepExecution(StepContext context) {
        super(context);
    }

    /** The step's work. */
    protected abstract T deliver() throws Exception;

    @Override
    protected final T run() throws Exception {
        try {
            return deliver();
        } catch (DeliveryException e) {
            throw failureOf(e);
        }
    }

    /** The failure as Jenkins prints it: the message alone, without a stack trace. Keeps the cause. */
    public static AbortException failureOf(DeliveryException problem) {
        var failure = new AbortException(problem.getMessage());
        failure.initCause(problem);
        return failure;
    }
}
