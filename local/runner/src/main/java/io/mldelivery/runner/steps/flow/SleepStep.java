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
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code sleep}: waits. The end is a moment of the clock, so time during a restart counts. */
public final class SleepStep extends Step {
    private final int time;
    private TimeUnit unit = TimeUnit.SECONDS;

    @DataBoundConstructor
    public SleepStep(int time) {
        this.time = time;
    }

    @DataBoundSetter
    public void setUnit(TimeUnit unit) {
        this.unit = unit;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, unit.toMillis(time));
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final long millis;
        private final long end;
        private transient volatile ScheduledFuture<?> alarm;

        Execution(StepContext context, long millis) {
            super(context);
            this.millis = millis;
            this.end = System.currentTimeMillis() + millis;
        }

        @Override
        public boolean start() throws IOException, InterruptedException {
            waitFor(millis);
            return false;
        }

        private void waitFor(long left) throws IOException, InterruptedException {
            if (left > 0) {
                BlockExecution.log(getContext()).println("Sleeping for " + TimeSpan.of(left));
                alarm = Timer.get().schedule(() -> getContext().onSuccess(null), left, TimeUnit.MILLISECONDS);
            } else {
                BlockExecution.log(getContext()).println("No need to sleep any longer");
                getContext().onSuccess(null);
            }
        }

        @Override
        public void onResume() {
            try {
                waitFor(end - System.currentTimeMillis());
            } catch (IOException | InterruptedException e) {
                getContext().onFailure(e);
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

    /** Names the step. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor {
        public DescriptorImpl() {
            super("sleep", false, TaskListener.class);
        }
    }
}
