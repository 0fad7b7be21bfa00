package io.mldelivery.runner.script;

/**
 * The running program as scripts see it: the place where unknown method and property names end up.
 *
 * <p>One host runs on one thread at a time; {@link #current()} is only set on that thread.
 */
public interface ScriptHost {
    /** Calls a step or global variable, or leaves by the suspension of groovy-cps. */
    Object call(String name, Object[] arguments);

    /** The global variable or environment variable of that name, or {@link #ABSENT}. */
    Object property(String name);

    /** Prints a line that belongs to no step. */
    void note(String line);

    /** Compiles and runs further source text in the same program. */
    Object evaluate(String text);

    /** What {@link #property} returns for a name that nothing defines; null is a possible value. */
    Object ABSENT = new Object();

    /** The host whose program runs on this thread. */
    static ScriptHost current() {
        ScriptHost host = CurrentHost.HOST.get();
        if (host == null) {
            throw new IllegalStateException("Pipeline code may only run on the thread of its program");
        }
        return host;
    }

    /** Makes a host current on this thread; null takes it away. */
    static void enter(ScriptHost host) {
        if (host == null) {
            CurrentHost.HOST.remove();
        } else {
            CurrentHost.HOST.set(host);
        }
    }
}
