package io.mldelivery.runner.steps.flow;

import io.mldelivery.runner.steps.BlockExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;

final class CatchExecution extends BlockExecution {
    private static final long serialVersionUID = 1L;

    private final Catch handler;

    CatchExecution(StepContext context, Catch handler) {
        super(context);
        this.handler = handler;
    }

    @Override
    protected BodyExecutionCallback callback() {
        return handler;
    }
}
