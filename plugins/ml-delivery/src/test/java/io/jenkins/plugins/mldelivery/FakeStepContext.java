package io.jenkins.plugins.mldelivery;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a step finds around it, given by the test; keeps what the step answers. */
public final class FakeStepContext extends StepContext {
    private static final long serialVersionUID = 1L;

    private final transient Map<Class<?>, Object> objects = new LinkedHashMap<>();
    private final transient CompletableFuture<Object> answer = new CompletableFuture<>();

    public <T> FakeStepContext with(Class<T> type, T object) {
        objects.put(type, object);
        return this;
    }

    /** What the step returned or threw. */
    public CompletableFuture<Object> answer() {
        return answer;
    }

    @Override
    public <T> T get(Class<T> type) {
        return type.cast(objects.get(type));
    }

    @Override
    public void onSuccess(Object result) {
        answer.complete(result);
    }

    @Override
    public void onFailure(Throwable failure) {
        answer.completeExceptionally(failure);
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
        throw new UnsupportedOperationException();
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        throw new UnsupportedOperationException();
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
