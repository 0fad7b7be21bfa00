package io.mldelivery.runner.steps.flow;

import hudson.Extension;
import io.mldelivery.runner.steps.BasicDescriptor;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code getContext}: an object of the step's context by its class. */
public final class GetContextStep extends Step {
    private final Class<?> type;

    @DataBoundConstructor
    public GetContextStep(Class<?> type) {
        this.type = type;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, type);
    }

    private static final class Execution extends SynchronousStepExecution<Object> {
        private static final long serialVersionUID = 1L;
        private final transient Class<?> type;

        Execution(StepContext context, Class<?> type) {
            super(context);
            this.type = type;
        }

        @Override
        protected Object run() throws Exception {
            return getContext().get(type);
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("getContext", false);
        }
    }
}
