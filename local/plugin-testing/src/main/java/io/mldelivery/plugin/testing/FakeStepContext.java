package io.mldelivery.plugin.testing;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The surroundings of one step after the other: hands out objects by type and waits for the end of a step. One that was
 * stored and is read back is the newest of this process, as a step of a new controller finds the new controller's.
 */
public final class FakeStepContext extends StepContext {
    private static final long serialVersionUID = 1L;
    private static final long ENDS_WITHIN_SECONDS = 90;
    private static volatile FakeStepContext newest;

    private final transient Map<Class<?>, Object> objects = new HashMap<>();
    private final transient BlockingQueue<End> ends = new LinkedBlockingQueue<>();
    private transient volatile boolean killed;

    private record End(Optional<Object> result, Throwable failure) {}

    public FakeStepContext() {
        newest = this;
    }

    public <T> FakeStepContext with(Class<T> type, T object) {
        objects.put(type, object);
        return this;
    }

    /** From now on who asks it gets nothing, as after a kill of the controller. */
    public void kill() {
        killed = true;
    }

    /** What the next step to end returned, null included; throws what it failed with. Waits for the end. */
    public Object result() throws Exception {
        End end = ends.poll(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("the step did not end");
        }
        if (end.failure() instanceof Exception failure) {
            throw failure;
        }
        if (end.failure() != null) {
            throw new ExecutionException(end.failure());
        }
        return end.result().orElse(null);
    }

    @Override
    public <T> T get(Class<T> key) {
        if (killed) {
            throw new AssertionError("this controller was killed");
        }
        return key.cast(objects.get(key));
    }

    @Override
    public void onSuccess(Object result) {
        ends.add(new End(Optional.ofNullable(result), null));
    }

    @Override
    public void onFailure(Throwable failure) {
        ends.add(new End(Optional.empty(), failure));
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
        throw new UnsupportedOperationException("the step has no body");
    }

    @Override
    public boolean hasBody() {
        return false;
    }

    private Object readResolve() {
        return newest;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
