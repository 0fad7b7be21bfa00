package io.mldelivery.runner.machine;

import com.cloudbees.groovy.cps.Outcome;
import com.google.common.util.concurrent.ListenableFuture;
import groovy.lang.Closure;
import hudson.model.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * One call of a step: its context and its outcome. May be completed from any thread, also before the step's
 * {@code start} returned.
 */
public final class StepCall extends StepContext {
    private static final long serialVersionUID = 1L;

    private final Program program;
    private final ProgramThread thread;
    private final Closure<?> body;
    private final String id;
    private final String function;
    private final boolean block;
    private int bodies;
    private boolean waiting;
    private Outcome outcome;
    private transient List<Runnable> launches;

    StepCall(Program program, ProgramThread thread, Closure<?> body, String function, boolean block) {
        this.program = program;
        this.thread = thread;
        this.body = body;
        this.id = thread.nextCallId();
        this.function = function;
        this.block = block;
    }

    /** Names this call in its build; the same again when the same code runs again after a restart. */
    public String id() {
        return id;
    }

    /** The program that made the call. */
    public Program program() {
        return program;
    }

    ProgramThread thread() {
        return thread;
    }

    String function() {
        return function;
    }

    boolean isBlock() {
        return block;
    }

    String nextBodyPath() {
        return id + "-" + ++bodies;
    }

    @Override
    public <T> T get(Class<T> type) throws IOException, InterruptedException {
        return program.context(type, this);
    }

    @Override
    public void onSuccess(Object result) {
        complete(new Outcome(result, null));
    }

    @Override
    public void onFailure(Throwable cause) {
        complete(new Outcome(null, cause));
    }

    private synchronized void complete(Outcome result) {
        if (outcome != null) {
            return;
        }
        outcome = result;
        if (waiting) {
            program.post(() -> program.resume(this, result));
        }
    }

    synchronized Outcome outcome() {
        return outcome;
    }

    /** From now on completing the call resumes its thread; bodies that were asked for start. On the program's thread. */
    void startWaiting() {
        for (Runnable launch : beginWaiting()) {
            launch.run();
        }
    }

    private synchronized List<Runnable> beginWaiting() {
        waiting = true;
        if (outcome != null) {
            program.post(() -> program.resume(this, outcome));
        }
        List<Runnable> due = launches == null ? List.of() : launches;
        launches = null;
        return due;
    }

    /** Bodies start after the step's {@code start} has returned, on the thread of the program. */
    synchronized void whenWaiting(Runnable launch) {
        if (waiting) {
            program.post(launch);
            return;
        }
        if (launches == null) {
            launches = new ArrayList<>();
        }
        launches.add(launch);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return program.requestSave();
    }

    @Override
    public void setResult(Result result) {
        program.surroundings().worsenResult(result);
    }

    @Override
    public boolean hasBody() {
        return body != null;
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        if (body == null) {
            throw new IllegalStateException("There is no body to invoke");
        }
        return new BodyStart(this, body);
    }

    /** For steps that run other code than the block after their arguments, such as the branches of parallel. */
    public BodyInvoker newBodyInvoker(Closure<?> code) {
        return new BodyStart(this, code);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
