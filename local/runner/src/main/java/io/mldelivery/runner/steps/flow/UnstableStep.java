package io.mldelivery.runner.steps.flow;

import hudson.Extension;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.BlockExecution;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code unstable}: prints a message and makes the build unstable. */
public final class UnstableStep extends Step {
    private final String message;

    @DataBoundConstructor
    public UnstableStep(String message) {
        if (message == null || message.isBlank()) {
            throw new IllegalArgumentException("A non-empty message is required");
        }
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
        protected Void run() throws Exception {
            BlockExecution.log(getContext()).println("WARNING: " + message);
            getContext().get(Run.class).setResult(Result.UNSTABLE);
            StageResults stage = getContext().get(StageResults.class);
            if (stage != null) {
                stage.worsen(Result.UNSTABLE);
            }
            return null;
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("unstable", false, Run.class, TaskListener.class);
        }
    }
}
