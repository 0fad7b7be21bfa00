package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.outcome.OutcomeHandling;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step that looks at something far away again and again. A timer starts each look; between two of them no thread waits. What
 * has begun is looked at again when a look fails, for it goes on as it is.
 */
abstract class LookingExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(LookingExecution.class.getName());
    private static final int MOST_FAILED_LOOKS = 40;
    private static final long LONGEST_RETRY_MILLIS = 15_000;
    private static final long WAIT_MILLIS = 3_000;

    /** Why the step is to be stopped; null while it is not. */
    private Throwable stopCause;

    private transient boolean ended;
    private transient int failedLooks;
    private transient String waitedFor;
    private transient RolloutRecorder recorder;

    LookingExecution(StepContext context) {
        super(context);
    }

    /** Whether there is something to go on with after a restart. */
    abstract boolean hasBegun();

    /** One look and what follows from it: {@link #lookIn}, {@link #awaitTurn}, {@link #conclude} or {@link #end}. */
    abstract void lookOnce() throws IOException, InterruptedException;

    @Override
    public boolean start() {
        lookIn(0);
        return false;
    }

    @Override
    public void onResume() {
        lookIn(0);
    }

    @Override
    public void stop(Throwable cause) {
        boolean again = stopCause != null;
        stopCause = cause;
        if (again) {
            end(cause); // asked twice: do not wait for an agent that may be gone
        } else {
            lookIn(0);
        }
    }

    boolean isStopping() {
        return stopCause != null;
    }

    /** What the status tells before anything has begun. */
    String beginning() {
        return waitedFor == null ? "starting" : "waiting for " + waitedFor;
    }

    void lookIn(long millis) {
        Timer.get().schedule(() -> Computer.threadPoolForRemoting.submit(this::look), millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        if (ended) {
            return;
        }
        try {
            lookOnce();
            failedLooks = 0;
        } catch (AbortException e) {
            failed(e);
        } catch (DeliveryException e) {
            failed(new AbortException(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(e);
        } catch (IOException | RuntimeException e) {
            lookLater(e);
        } catch (Error e) { // nobody sees what the thread pool gets: the build must end and say it
            end(e);
            throw e;
        }
    }

    /** The target is lent to another rollout: asked for again until it is free, or the step is stopped. */
    void awaitTurn(String waitsFor) {
        if (stopCause != null) {
            end(stopCause);
            return;
        }
        if (!waitsFor.equals(waitedFor)) {
            say("waiting for " + waitsFor);
        }
        waitedFor = waitsFor;
        lookIn(WAIT_MILLIS);
    }

    /** What cannot begin fails the step; what has begun is looked at again, for traffic may be on its way. */
    private void failed(AbortException problem) {
        if (!hasBegun() || failedLooks >= MOST_FAILED_LOOKS) {
            end(problem);
        } else {
            lookLater(problem);
        }
    }

    /** The agent is away: what was begun goes on there as it is, and is looked at again when the agent is back. */
    private void lookLater(Exception problem) {
        if (failedLooks == 0) {
            say("looking at the rollout failed (" + problem.getMessage()
                    + "); it goes on as it is, and is looked at again");
        }
        LOGGER.log(Level.FINE, "a look at a rollout failed", problem);
        failedLooks++;
        lookIn(Math.min(LONGEST_RETRY_MILLIS, 500L << Math.min(failedLooks, 5)));
    }

    void say(String line) {
        try {
            getContext().get(TaskListener.class).getLogger().println("[rollout] " + line);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to a build's log: " + line, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what a look found into log and evidence. */
    RolloutRecorder recorder() throws IOException, InterruptedException {
        recorder = recorder == null ? RolloutRecorder.of(getContext()) : recorder;
        return recorder;
    }

    /** Ends the step as its arguments say of this outcome; a step that was stopped ends as stopped. */
    void conclude(RolloutOutcome outcome, OutcomeHandling handling) throws IOException, InterruptedException {
        if (isStopping()) {
            end(stopCause);
            return;
        }
        try {
            handling.apply(outcome, getContext());
            succeed(outcome);
        } catch (AbortException e) {
            end(e);
        }
    }

    private void succeed(Object result) {
        if (!ended) {
            ended = true;
            getContext().onSuccess(result);
        }
    }

    /** Fails the step: because it was stopped, if it was, else because of this problem. */
    void end(Throwable problem) {
        if (!ended) {
            ended = true;
            getContext().onFailure(stopCause == null ? problem : stopCause);
        }
    }
}
