package hudson.remoting;

import io.mldelivery.local.hooks.RoundTrip;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs callables in this JVM, after a round trip through Java serialization so that a mistake shows before an agent meets it. */
public class LocalChannel implements VirtualChannel {
    private final ExecutorService executor;

    public LocalChannel(ExecutorService executor) {
        this.executor = executor;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws T {
        RoundTrip trip = new RoundTrip(loaderOf(callable));
        Callable<V, T> there = trip.there(callable);
        return (V) trip.back(there.call());
    }

    private static ClassLoader loaderOf(Callable<?, ?> callable) {
        return callable instanceof DelegatingCallable<?, ?> delegating
                ? delegating.getClassLoader()
                : callable.getClass().getClassLoader();
    }

    @Override
    public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) {
        java.util.concurrent.Future<V> running = executor.submit(() -> callOrWrap(callable));
        return new Running<>(running);
    }

    private <V, T extends Throwable> V callOrWrap(Callable<V, T> callable) throws Exception {
        try {
            return call(callable);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new IOException(t);
        }
    }

    @Override
    public void close() {
        // the JVM itself is the other side
    }

    @Override
    public void join() throws InterruptedException {
        // always closed in order, nothing to wait for
    }

    @Override
    public void join(long timeout) throws InterruptedException {
        // always closed in order, nothing to wait for
    }

    @Override
    public <T> T export(Class<T> type, T instance) {
        return instance;
    }

    @Override
    public void syncLocalIO() throws InterruptedException {
        // streams are not buffered between sides
    }

    private record Running<V>(java.util.concurrent.Future<V> inner) implements Future<V> {
        @Override
        public boolean cancel(boolean mayInterrupt) {
            return inner.cancel(mayInterrupt);
        }

        @Override
        public boolean isCancelled() {
            return inner.isCancelled();
        }

        @Override
        public boolean isDone() {
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
    }
}
