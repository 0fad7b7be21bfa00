package io.mldelivery.runner.steps.flow;

import hudson.Extension;
import hudson.model.TaskListener;
import io.mldelivery.runner.steps.BasicDescriptor;
import io.mldelivery.runner.steps.BlockExecution;
import io.mldelivery.runner.steps.TimeSpan;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code waitUntil}: runs its block again, at growing intervals, until it returns true. */
public final class WaitUntilStep extends Step {
    private static final long SHORTEST = 250;
    private static final long LONGEST = 15_000;

    private long initialRecurrencePeriod = SHORTEST;
    private boolean quiet;

    @DataBoundConstructor
    public WaitUntilStep() {}

    /** In milliseconds, between 250 ms and 15 s. */
    @DataBoundSetter
    public void setInitialRecurrencePeriod(long millis) {
        initialRecurrencePeriod = Math.max(SHORTEST, Math.min(millis, LONGEST));
    }

    /** Whether the log is silent about the next try. */
    @DataBoundSetter
    public void setQuiet(boolean quiet) {
        this.quiet = quiet;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, initialRecurrencePeriod, quiet);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private static final double GROWTH = 1.2;

        private final long initialPeriod;
        private final boolean quiet;
        private long period;
        private volatile boolean inBody;
        private transient volatile ScheduledFuture<?> alarm;

        Execution(StepContext context, long initialPeriod, boolean quiet) {
            super(context);
            this.initialPeriod = initialPeriod;
            this.period = initialPeriod;
            this.quiet = quiet;
        }

        @Override
        public boolean start() {
            inBody = true;
            getContext().newBodyInvoker().withCallback(new Answer(this)).start();
            return false;
        }

        void again() {
            inBody = false;
            try {
                if (!quiet) {
                    BlockExecution.log(getContext()).println("Will try again after " + TimeSpan.of(period));
                }
                alarm = Timer.get().schedule(this::start, period, TimeUnit.MILLISECONDS);
                period = Math.min((long) (period * GROWTH), LONGEST);
            } catch (IOException | InterruptedException e) {
                getContext().onFailure(e);
            }
        }

        @Override
        public void onResume() {
            period = initialPeriod;
            if (!inBody) {
                start();
            }
        }

        @Override
        public void stop(Throwable cause) throws Exception {
            if (alarm != null) {
                alarm.cancel(false);
            }
            super.stop(cause);
        }
    }

    private static final class Answer extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final Execution execution;

        Answer(Execution execution) {
            this.execution = execution;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            if (Boolean.TRUE.equals(result)) {
                context.onSuccess(null);
            } else if (Boolean.FALSE.equals(result)) {
                execution.again();
            } else {
                context.onFailure(new ClassCastException("body return value " + result + " is not boolean"));
            }
        }

        @Override
        public void onFailure(StepContext context, Throwable cause) {
            context.onFailure(cause);
        }
    }

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("waitUntil", true, TaskListener.class);
        }
    }
}
