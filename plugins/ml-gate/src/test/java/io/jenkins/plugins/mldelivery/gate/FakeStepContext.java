package io.jenkins.plugins.mldelivery.gate;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The surroundings of one step after the other; {@link #result} takes the next step's end. */
final class FakeStepContext extends StepContext {
    private static final long serialVersionUID = 1L;

    private final transient Map<Class<?>, Object> surroundings = new HashMap<>();
    private final transient BlockingQueue<Object> ends = new ArrayBlockingQueue<>(5);

    <T> FakeStepContext with(Class<T> type, T object) {
        surroundings.put(type, object);
        return this;
    }

    Object result() throws Exception {
        Object end = ends.poll(30, TimeUnit.SECONDS);
        if (end instanceof Exception failure) {
            throw failure;
        }
        return end;
    }

    @Override
    public <T> T get(Class<T> type) {
        return type.cast(surroundings.get(type));
    }

    @Override
    public void onSuccess(Object result) {
        ends.add(result);
    }

    @Override
    public void onFailure(Throwable failure) {
        ends.add(failure);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return Futures.immediateFuture(null);
    }

    @Override
    public void setResult(Result result) {
        throw new UnsupportedOperationException("a step sets the result of its run");
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        throw new UnsupportedOperationException("a gate has no body");
    }

    @Override
    public boolean equals(Object other) {
        return other == this;
    }

    @Override
    public int hashCode() {
        return 1;
    }
}
