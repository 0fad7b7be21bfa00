package io.mldelivery.runner.steps.flow;

import hudson.Extension;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.BlockExecution;
import io.mldelivery.runner.steps.TimeSpan;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.model.CauseOfInterruption;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code timeout}: interrupts its block after a time, or after a time without output. The end is a moment of the
 * clock, so time during a restart counts.
 */
public final class TimeoutStep extends Step {
    private final int time;
    private TimeUnit unit = TimeUnit.MINUTES;
    private boolean activity;

    @DataBoundConstructor
    public TimeoutStep(int time) {
        this.time = time;
    }

    @DataBoundSetter
    public void setUnit(TimeUnit unit) {
        this.unit = unit;
    }

    /** Whether output of the block starts the time anew. */
    @DataBoundSetter
    public void setActivity(boolean activity) {
        this.activity = activity;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, unit.toMillis(time), activity);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final long millis;
        private final ActivityWatch watch;
        private final Exceeded exceeded = new Exceeded();
        private long end;
        private BodyExecution body;
        private transient volatile ScheduledFuture<?> alarm;
        private transient volatile boolean over;

        Execution(StepContext context, long millis, boolean activity) {
            super(context);
            this.millis = millis;
            this.watch = activity ? new ActivityWatch() : null;
        }

        @Override
        public boolean start() throws IOException, InterruptedException {
            end = System.currentTimeMillis() + millis;
            BodyInvoker invoker = getContext().newBodyInvoker().withCallback(new Ended(this));
            if (watch != null) {
                invoker.withContext(watch.mergedInto(getContext()));
            }
            body = invoker.start();
            announce(millis);
            arm(millis);
            return false;
        }

        private void announce(long left) throws IOException, InterruptedException {
            BlockExecution.log(getContext())
                    .println(
                            watch == null
                                    ? "Timeout set to expire in " + TimeSpan.of(left)
                                    : "Timeout set to expire after " + TimeSpan.of(millis) + " without activity");
        }

        private void arm(long delay) {
            if (!over) {
                alarm = Timer.get().schedule(this::expire, Math.max(0, delay), TimeUnit.MILLISECONDS);
            }
        }

        private void expire() {
            long idle = watch == null ? Long.MAX_VALUE : System.currentTimeMillis() - watch.lastActivity();
            if (idle < millis) {
                arm(millis - idle);
                return;
            }
            try {
                BlockExecution.log(getContext()).println("Cancelling nested steps due to timeout");
                body.cancel(new FlowInterruptedException(Result.ABORTED, exceeded));
            } catch (IOException | InterruptedException e) {
                getContext().onFailure(e);
            }
        }

        @Override
        public void onResume() {
            try {
                long left = end - System.currentTimeMillis();
                if (left > 0 || watch != null) {
                    announce(left);
                } else {
                    BlockExecution.log(getContext()).println("Timeout expired " + TimeSpan.of(-left) + " ago");
                }
                arm(left);
            } catch (IOException | InterruptedException e) {
                getContext().onFailure(e);
            }
        }

        void disarm() {
            over = true;
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }

    /** Ends the waiting together with the block. */
    private static final class Ended extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final Execution execution;

        Ended(Execution execution) {
            this.execution = execution;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.disarm();
            context.onSuccess(result);
        }

        @Override
        public void onFailure(StepContext context, Throwable cause) {
            execution.disarm();
            if (cause instanceof FlowInterruptedException interruption
                    && interruption.getCauses().contains(execution.exceeded)) {
                interruption.setActualInterruption(false);
            }
            context.onFailure(cause);
        }
    }

    /** Why the block was interrupted. */
    private static final class Exceeded extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        @Override
        public String getShortDescription() {
            return "Timeout has been exceeded";
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("timeout", true, TaskListener.class);
        }
    }
}
