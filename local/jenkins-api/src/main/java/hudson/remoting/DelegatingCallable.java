package hudson.remoting;

/** A callable that brings the class loader it needs. */
public interface DelegatingCallable<V, T extends Throwable> extends Callable<V, T> {
    ClassLoader getClassLoader();
}
