package io.mldelivery.runner.steps;

import hudson.model.TaskListener;
import java.io.IOException;
import java.io.PrintStream;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step that runs its block once and ends as the block ends. A restart needs nothing: the block goes on by itself. */
public abstract class BlockExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    protected BlockExecution(StepContext context) {
        super(context);
    }

    /** Gives the block its context; the default gives none. */
    protected void prepare(BodyInvoker body) throws Exception {}

    /** Told when the block has ended; the default makes its result the step's. */
    protected BodyExecutionCallback callback() {
        return BodyExecutionCallback.wrap(getContext());
    }

    @Override
    public boolean start() throws Exception {
        BodyInvoker body = getContext().newBodyInvoker().withCallback(callback());
        prepare(body);
        body.start();
        return false;
    }

    /** The log of the step whose context it is. */
    public static PrintStream log(StepContext context) throws IOException, InterruptedException {
        return context.get(TaskListener.class).getLogger();
    }
}
