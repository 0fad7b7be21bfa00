package io.jenkins.plugins.mldelivery.training;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.jenkins.plugins.mldelivery.tracking.TrackingEnvironment;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A training as a Pipeline step. The script runs on the agent under a supervisor of its own; a timer asks for news again
 * and again, and between two questions no thread waits. The truth is in a control folder beside the workspace, so after a
 * restart of the controller, or a lost connection, the next question goes on from what really is.
 */
final class TrainModelExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(TrainModelExecution.class.getName());
    private static final long SHORTEST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_RETRY_MILLIS = 15_000;
    private static final long RECORD_WITHIN_MILLIS = TimeUnit.MINUTES.toMillis(10);
    private static final String EVENT = "training.finished";

    private final TrainModelStep step;
    private final String name;
    private String control;
    private volatile TrainingWork.Kind next = TrainingWork.Kind.BEGIN;
    private long offset;
    /** Why the step is to be stopped; null while it is not. */
    private volatile Throwable stopCause;

    private transient volatile Thread worker;
    private transient boolean ended;
    private transient int failedCalls;
    private transient long unrecordedSince;
    private transient long pause;

    TrainModelExecution(StepContext context, TrainModelStep step) {
        super(context);
        this.step = step;
        this.name = "training-" + UUID.randomUUID();
    }

    @Override
    public boolean start() throws Exception {
        FilePath workspace = getContext().get(FilePath.class);
        // Where Jenkins keeps a workspace's temporary files: WorkspaceList.tempDir
        control = workspace.sibling(workspace.getName() + "@tmp").child(name).getRemote();
        goOnIn(0);
        return false;
    }

    @Override
    public void onResume() {
        goOnIn(0);
    }

    @Override
    public void stop(Throwable cause) {
        boolean again = stopCause != null;
        stopCause = cause;
        Thread preparing = worker;
        if (again) {
            fail(cause); // asked twice: do not wait for an agent that may be gone
        } else if (preparing != null && next == TrainingWork.Kind.BEGIN) {
            preparing.interrupt(); // making an environment takes minutes
        } else {
            goOnIn(0);
        }
    }

    @Override
    public String getStatus() {
        return step.getScript() + ": " + next.name().toLowerCase(Locale.ROOT);
    }

    private void goOnIn(long millis) {
        Timer.get().schedule(() -> Computer.threadPoolForRemoting.submit(this::goOn), millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void goOn() {
        if (ended) {
            return;
        }
        worker = Thread.currentThread();
        try {
            if (stopCause != null) {
                abort();
            } else {
                advance(ask(next));
            }
        } catch (AbortException e) {
            failAfterScript(e);
        } catch (DeliveryException e) {
            failAfterScript(new AbortException(e.getMessage()));
        } catch (InterruptedException e) {
            interrupted(e);
        } catch (IOException | RuntimeException e) {
            retryLater(e);
        } finally {
            worker = null;
        }
    }

    private void interrupted(InterruptedException e) {
        if (stopCause == null) {
            Thread.currentThread().interrupt();
            fail(e);
        } else {
            goOnIn(0); // by ourselves, in stop: what was begun is to be ended now
        }
    }

    private TrainingNews ask(TrainingWork.Kind kind) throws IOException, InterruptedException {
        EnvVars environment = getContext().get(EnvVars.class);
        TaskListener listener = getContext().get(TaskListener.class);
        Map<String, String> tracking = TrackingEnvironment.of(getContext().get(Run.class), environment);
        TrainingWork work = new TrainingWork(kind, step, control, environment, tracking, tags(), offset, listener);
        TrainingNews news = getContext().get(FilePath.class).act(work);
        failedCalls = 0;
        return news;
    }

    private Map<String, String> tags() throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("mldelivery.job_name", run.getParent().getFullName());
        tags.put("mldelivery.build", run.getParent().getFullName() + " #" + run.getNumber());
        return tags;
    }

    private void advance(TrainingNews news) throws IOException, InterruptedException {
        if (news.answer != null) {
            conclude(news.answer);
            return;
        }
        if (!news.obstacle.isEmpty()) {
            recordLater(news.obstacle);
            return;
        }
        if (next == TrainingWork.Kind.BEGIN) {
            next = TrainingWork.Kind.FOLLOW;
            say(step.getScript() + " runs");
            getContext().saveState(); // from here on a restart goes on with this training
        } else {
            print(news);
        }
        goOnIn(pauseAfter(news));
    }

    /** The script succeeded and MLflow does not take the result: it is kept and tried again for a while. */
    private void recordLater(String obstacle) throws AbortException {
        if (unrecordedSince == 0) {
            unrecordedSince = System.currentTimeMillis();
            say(obstacle.lines().findFirst().orElse(obstacle));
            say("the training has ended; trying to record it for "
                    + TimeUnit.MILLISECONDS.toMinutes(RECORD_WITHIN_MILLIS) + " minutes");
        }
        if (System.currentTimeMillis() - unrecordedSince > RECORD_WITHIN_MILLIS) {
            throw new AbortException(obstacle);
        }
        goOnIn(LONGEST_PAUSE_MILLIS * 2);
    }

    private long pauseAfter(TrainingNews news) {
        if (next == TrainingWork.Kind.FINISH) {
            return 0;
        }
        pause = news.output.length > 0 ? SHORTEST_PAUSE_MILLIS : Math.min(LONGEST_PAUSE_MILLIS, pause * 5 / 4 + 20);
        return Math.max(SHORTEST_PAUSE_MILLIS, pause);
    }

    /** The script's own words, as they are; then whether there will be more. */
    private void print(TrainingNews news) throws IOException, InterruptedException {
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        log.write(news.output);
        log.flush();
        offset = news.offset;
        if (news.ended) {
            next = TrainingWork.Kind.FINISH;
            getContext().saveState();
        }
    }

    private void conclude(TrainingAnswer answer) throws IOException, InterruptedException {
        record(answer);
        forget();
        if (!answer.cached) {
            say(String.format(
                    Locale.ROOT,
                    "%s succeeded in %.1f s; recorded as run %s with %d outputs",
                    step.getScript(),
                    answer.seconds,
                    answer.runId,
                    answer.outputs.size()));
        }
        ended = true;
        getContext().onSuccess(answer.result());
    }

    /** Once for each run of a build, also when a restart came between this and the end of the step. */
    private void record(TrainingAnswer answer) throws IOException, InterruptedException {
        BuildEvidence evidence = BuildEvidence.of(getContext().get(Run.class));
        for (EvidenceEvent event : evidence.events()) {
            if (event.type().equals(EVENT) && event.data().path("step").asText().equals(name)) {
                return;
            }
        }
        Map<String, Object> data = new LinkedHashMap<>(answer.evidence);
        data.put("step", name);
        evidence.append(EVENT, data);
    }

    private void abort() throws IOException, InterruptedException {
        say("stopping " + step.getScript());
        try {
            ask(TrainingWork.Kind.ABORT);
            forget();
        } catch (AbortException e) {
            say(e.getMessage());
        }
        fail(stopCause);
    }

    /** The training failed: what was kept for a restart is of no use any more. */
    private void failAfterScript(AbortException failure) {
        try {
            ask(TrainingWork.Kind.ABORT);
            forget();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "cleaning up after a failed training", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        fail(failure);
    }

    private void forget() throws InterruptedException {
        try {
            ask(TrainingWork.Kind.FORGET);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "the control folder " + control + " of a finished training is left over", e);
        }
    }

    /** The agent is away: the script goes on there, and is asked again when the agent is back. */
    private void retryLater(Exception problem) {
        if (failedCalls == 0) {
            say("the agent does not answer (" + problem + "); trying again until it is back");
        }
        LOGGER.log(Level.FINE, "a call about a training failed", problem);
        failedCalls++;
        goOnIn(Math.min(LONGEST_RETRY_MILLIS, 500L << Math.min(failedCalls, 5)));
    }

    private void say(String line) {
        try {
            getContext().get(TaskListener.class).getLogger().println("[training] " + line);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to a build's log: " + line, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(Throwable cause) {
        if (!ended) {
            ended = true;
            getContext().onFailure(cause);
        }
    }
}
