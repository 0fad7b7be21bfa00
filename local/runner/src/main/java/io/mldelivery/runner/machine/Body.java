package io.mldelivery.runner.machine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.impl.FunctionCallEnv;
import com.cloudbees.groovy.cps.impl.TryBlockEnv;
import com.cloudbees.groovy.cps.sandbox.Invoker;
import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** The running body of a step: a thread of its own, which reports to the step's callbacks when it ends. */
final class Body extends BodyExecution {
    private static final long serialVersionUID = 1L;

    private final StepCall call;
    private final ArrayList<BodyExecutionCallback> callbacks;
    private final String label;
    private volatile Outcome outcome;
    private volatile Throwable cancelled;
    private transient CountDownLatch ended;

    Body(StepCall call, List<BodyExecutionCallback> callbacks, String label) {
        this.call = call;
        this.callbacks = new ArrayList<>(callbacks);
        this.label = label;
    }

    StepCall call() {
        return call;
    }

    /** Runs on the thread of the program. */
    void launch(Closure<?> code, ContextFrame frame, String path) {
        Program program = call.program();
        program.trace(label == null ? "{" : "{ (" + label + ")");
        callbacks.forEach(callback -> callback.onStart(call));
        if (cancelled != null) {
            end(new Outcome(null, cancelled));
            return;
        }
        try {
            end(new Outcome(program.onBehalfOf(call.thread(), code::call), null));
        } catch (CpsCallableInvocation invocation) {
            program.start(continuable(invocation), path, frame, this);
        } catch (Exception | Error e) {
            end(new Outcome(null, e));
        }
    }

    private Continuable continuable(CpsCallableInvocation invocation) {
        Continuation success = new End(this, true);
        var caller = new FunctionCallEnv(null, success, null, null);
        caller.setInvoker(Invoker.INSTANCE);
        var guarded = new TryBlockEnv(caller, null);
        guarded.addHandler(Throwable.class, new End(this, false));
        return new Continuable(invocation.invoke(guarded, null, success));
    }

    private void end(Outcome result) {
        if (outcome != null) {
            return;
        }
        outcome = result;
        call.program().trace("}");
        for (BodyExecutionCallback callback : callbacks) {
            report(callback, result);
        }
        latch().countDown();
    }

    private void report(BodyExecutionCallback callback, Outcome result) {
        if (result.isSuccess()) {
            callback.onSuccess(call, result.getNormal());
        } else {
            callback.onFailure(call, result.getAbnormal());
        }
    }

    @Override
    public Collection<StepExecution> getCurrentExecutions() {
        return call.program().innermostSteps(this);
    }

    @Override
    public boolean cancel(Throwable cause) {
        if (isDone()) {
            return false;
        }
        call.program().post(() -> {
            cancelled = cause;
            call.program().stopWithin(this, cause);
        });
        return true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled != null && isDone();
    }

    @Override
    public boolean isDone() {
        return outcome != null;
    }

    private synchronized CountDownLatch latch() {
        if (ended == null) {
            ended = new CountDownLatch(isDone() ? 0 : 1);
        }
        return ended;
    }

    @Override
    public Object get() throws InterruptedException, ExecutionException {
        latch().await();
        return result();
    }

    @Override
    public Object get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (!latch().await(timeout, unit)) {
            throw new TimeoutException();
        }
        return result();
    }

    private Object result() throws ExecutionException {
        if (cancelled != null) {
            throw new CancellationException(cancelled.getMessage());
        }
        if (outcome.isFailure()) {
            throw new ExecutionException(outcome.getAbnormal());
        }
        return outcome.getNormal();
    }

    /** Where the code of the body arrives in the end. */
    private static final class End implements Continuation {
        private static final long serialVersionUID = 1L;

        private final Body body;
        private final boolean success;

        End(Body body, boolean success) {
            this.body = body;
            this.success = success;
        }

        @Override
        public Next receive(Object value) {
            body.end(success ? new Outcome(value, null) : new Outcome(null, (Throwable) value));
            return Next.terminate(null);
        }
    }
}
