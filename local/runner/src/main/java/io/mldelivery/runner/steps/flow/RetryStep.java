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
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code retry}: runs its block again when it fails, up to a number of times; not when the build is interrupted. */
public final class RetryStep extends Step {
    private final int count;
    private List<Object> conditions = List.of();

    @DataBoundConstructor
    public RetryStep(int count) {
        this.count = count;
    }

    /** Kinds of failures after which the block runs again: {@code agent()}, {@code nonresumable()}; none means all. */
    @DataBoundSetter
    public void setConditions(List<Object> conditions) {
        this.conditions = new ArrayList<>(conditions);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, count, RetryCondition.of(conditions));
    }

    private static final class Execution extends BlockExecution {
        private static final long serialVersionUID = 1L;
        private final int count;
        private final ArrayList<RetryCondition> conditions;

        Execution(StepContext context, int count, List<RetryCondition> conditions) {
            super(context);
            this.count = count;
            this.conditions = new ArrayList<>(conditions);
        }

        @Override
        protected BodyExecutionCallback callback() {
            return new Attempt(count, conditions);
        }
    }

    private static final class Attempt extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final int left;
        private final ArrayList<RetryCondition> conditions;

        Attempt(int left, ArrayList<RetryCondition> conditions) {
            this.left = left;
            this.conditions = conditions;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            context.onSuccess(result);
        }

        @Override
        public void onFailure(StepContext context, Throwable cause) {
            if (left <= 1 || Failures.isInterruption(cause) || !isWorthIt(cause)) {
                context.onFailure(cause);
                return;
            }
            try {
                report(context, cause);
                context.newBodyInvoker()
                        .withCallback(new Attempt(left - 1, conditions))
                        .start();
            } catch (IOException | InterruptedException e) {
                context.onFailure(e);
            }
        }

        private boolean isWorthIt(Throwable cause) {
            return conditions.isEmpty() || conditions.stream().anyMatch(condition -> condition.isMet(cause));
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
