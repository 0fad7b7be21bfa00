package io.mldelivery.runner.steps.flow;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.BlockExecution;
import io.mldelivery.runner.steps.Failures;
import java.io.IOException;
import java.io.PrintStream;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code retry}: runs its block again when it fails, up to a number of times; not when the build is interrupted. */
public final class RetryStep extends Step {
    private final int count;

    @DataBoundConstructor
    public RetryStep(int count) {
        this.count = count;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, count);
    }

    private static final class Execution extends BlockExecution {
        private static final long serialVersionUID = 1L;
        private final int count;

        Execution(StepContext context, int count) {
            super(context);
            this.count = count;
        }

        @Override
        protected BodyExecutionCallback callback() {
            return new Attempt(count);
        }
    }

    private static final class Attempt extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final int left;

        Attempt(int left) {
            this.left = left;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            context.onSuccess(result);
        }

        @Override
        public void onFailure(StepContext context, Throwable cause) {
            if (left <= 1 || Failures.isInterruption(cause)) {
                context.onFailure(cause);
                return;
            }
            try {
                report(context, cause);
                context.newBodyInvoker().withCallback(new Attempt(left - 1)).start();
            } catch (IOException | InterruptedException e) {
                context.onFailure(e);
            }
        }

        private static void report(StepContext context, Throwable cause) throws IOException, InterruptedException {
            TaskListener listener = context.get(TaskListener.class);
            if (cause instanceof AbortException || cause instanceof FlowInterruptedException) {
                Failures.print(cause, context.get(Run.class), listener);
            } else {
                PrintStream log = listener.getLogger();
                log.println("ERROR: Execution failed");
                cause.printStackTrace(log);
            }
            listener.getLogger().println("Retrying");
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("retry", true, TaskListener.class);
        }
    }
}
