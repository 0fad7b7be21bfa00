package hudson.remoting;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A future that somebody else completes. */
public class AsyncFutureImpl<V> implements Future<V> {
    private final CompletableFuture<V> inner = new CompletableFuture<>();

    public AsyncFutureImpl() {}

    public AsyncFutureImpl(V value) {
        inner.complete(value);
    }

    public AsyncFutureImpl(Throwable value) {
        inner.completeExceptionally(value);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return false;
    }

    @Override
    public synchronized boolean isCancelled() {
        return inner.isCancelled();
    }

    @Override
    public synchronized boolean isDone() {
        return inner.isDone();
    }

    @Override
    public V get() throws InterruptedException, ExecutionException {
        return inner.get();
    }

    @Override
    public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return inner.get(timeout, unit);
    }

    public synchronized void set(V value) {
        inner.complete(value);
    }

    public synchronized void set(Throwable t) {
        inner.completeExceptionally(t);
    }

    public synchronized void setAsCancelled() {
        inner.cancel(false);
    }
}
