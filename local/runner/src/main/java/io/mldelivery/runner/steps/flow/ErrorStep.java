package io.mldelivery.runner.steps.flow;

import hudson.AbortException;
import hudson.Extension;
import io.mldelivery.runner.steps.BasicDescriptor;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code error}: fails with a message. */
public final class ErrorStep extends Step {
    private final String message;

    @DataBoundConstructor
    public ErrorStep(String message) {
        this.message = message;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, message);
    }

    private static final class Execution extends SynchronousStepExecution<Void> {
        private static final long serialVersionUID = 1L;
        private final transient String message;

        Execution(StepContext context, String message) {
            super(context);
            this.message = message;
        }

        @Override
        protected Void run() throws AbortException {
            throw new AbortException(message);
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("error", false);
        }
    }
}
