package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
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
 * A rollout as a Pipeline step. A timer looks at it again and again, each time by a call to the agent; between two looks
 * no thread waits. The truth is in the journal at the target, so after a restart of the controller, or a lost agent, the
 * next look goes on from what really is.
 */
final class CanaryDeployExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(CanaryDeployExecution.class.getName());
    private static final int MOST_FAILED_LOOKS = 40;
    private static final long LONGEST_RETRY_MILLIS = 15_000;
    private static final long WAIT_MILLIS = 3_000;

    private final RolloutSettings settings;
    private final OutcomeHandling handling;
    private RolloutNews last;
    /** Why the step is to be stopped; null while it is not. */
    private Throwable stopCause;

    private transient boolean ended;
    private transient int failedLooks;
    private transient String waitedFor;

    CanaryDeployExecution(StepContext context, RolloutSettings settings, OutcomeHandling handling) {
        super(context);
        this.settings = settings;
        this.handling = handling;
    }

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

    @Override
    public String getStatus() {
        return last == null
                ? waitedFor == null ? "starting" : "waiting for " + waitedFor
                : last.state + " " + last.weights;
    }

    private void lookIn(long millis) {
        Timer.get().schedule(() -> Computer.threadPoolForRemoting.submit(this::look), millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        if (ended) {
            return;
        }
        try {
            boolean begun = last != null;
            RolloutNews news = getContext().get(FilePath.class).act(work());
            failedLooks = 0;
            if (!news.waitsFor.isEmpty()) {
                awaitTurn(news);
                return;
            }
            last = news;
            if (!begun) {
                getContext().saveState(); // from here on a restart goes on with this rollout
            }
            RolloutRecorder.of(getContext()).record(last);
            goOn();
        } catch (AbortException e) {
            failed(e);
        } catch (DeliveryException e) {
            failed(new AbortException(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(e);
        } catch (IOException | RuntimeException e) {
            lookLater(e);
        }
    }

    /** The target is lent to another rollout: asked for again until it is free, or the step is stopped. */
    private void awaitTurn(RolloutNews news) {
        if (stopCause != null) {
            end(stopCause);
            return;
        }
        if (!news.waitsFor.equals(waitedFor)) {
            say("waiting for " + news.waitsFor);
        }
        waitedFor = news.waitsFor;
        lookIn(WAIT_MILLIS);
    }

    private RolloutWork work() throws IOException, InterruptedException {
        EnvVars environment = getContext().get(EnvVars.class);
        if (last == null) {
            return RolloutWork.start(
                    settings, environment, getContext().get(Run.class).toString());
        }
        int known = RolloutRecorder.of(getContext()).recorded(last.id);
        return stopCause == null
                ? RolloutWork.tick(last, environment, known)
                : RolloutWork.abort(last, environment, known);
    }

    private void goOn() throws IOException, InterruptedException {
        if (!last.finished) {
            lookIn(last.intervalMillis);
        } else if (stopCause != null) {
            end(stopCause);
        } else {
            conclude(new RolloutOutcome(last));
        }
    }

    private void conclude(RolloutOutcome outcome) throws IOException, InterruptedException {
        try {
            handling.apply(outcome, getContext());
            ended = true;
            getContext().onSuccess(outcome);
        } catch (AbortException e) {
            end(e);
        }
    }

    /** What cannot begin fails the step; what has begun is looked at again, for traffic may be on its way. */
    private void failed(AbortException problem) {
        if (last == null || failedLooks >= MOST_FAILED_LOOKS) {
            end(stopCause == null ? problem : stopCause);
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

    private void say(String line) {
        try {
            getContext().get(TaskListener.class).getLogger().println("[rollout] " + line);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to a build's log: " + line, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Throwable cause) {
        if (!ended) {
            ended = true;
            getContext().onFailure(cause);
        }
    }
}
