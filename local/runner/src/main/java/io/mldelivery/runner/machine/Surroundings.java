package io.mldelivery.runner.machine;

import hudson.model.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Set;

/** What a program needs of the build that it runs in. Not saved: given anew when a program is read back. */
public interface Surroundings {
    /** A context object that steps may ask for and that no enclosing step put there; null where there is none. */
    <T> T context(Class<T> type, ContextFrame frame) throws IOException, InterruptedException;

    /** The value of a global variable, or {@link io.mldelivery.runner.script.ScriptHost#ABSENT}. */
    Object global(String name);

    /** The value of a bare name that is no global variable: an environment variable, or ABSENT. */
    Object environmentProperty(String name);

    /** Names of all global variables, for messages. */
    Set<String> globalNames();

    /** The log of the build. */
    PrintStream log();

    /** Makes the build's result worse, never better. */
    void worsenResult(Result result);
}
