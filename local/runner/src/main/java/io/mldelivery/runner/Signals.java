package io.mldelivery.runner;

import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.runner.machine.Program;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While it is open, Ctrl-C, SIGTERM and SIGHUP abort the program: blocks are interrupted, {@code finally} and
 * {@code post} run, and the process ends with the build. A second signal ends the process at once; the build can then
 * be resumed.
 */
final class Signals implements AutoCloseable {
    private static final int LOOP_SECONDS = 5;

    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private final Program program;
    private final Run<?, ?> build;
    private final TaskListener listener;

    private Signals(Program program, Run<?, ?> build, TaskListener listener) {
        this.program = program;
        this.build = build;
        this.listener = listener;
    }

    static Signals stopping(Program program, Run<?, ?> build, TaskListener listener) {
        var signals = new Signals(program, build, listener);
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            signals.handle(new Signal(name));
        }
        return signals;
    }

    private void handle(Signal signal) {
        try {
            before.put(signal, Signal.handle(signal, this::abort));
        } catch (IllegalArgumentException e) {
            // The JVM was started with -Xrs or uses this signal itself: it then keeps its own way of ending.
            before.remove(signal);
        }
    }

    private void abort(Signal signal) {
        close();
        var cause = new FlowInterruptedException(Result.ABORTED, new ByUser(signal.getName()));
        program.post(() -> cause.handle(build, listener));
        program.stop(cause);
        ScheduledExecutorService timer = Timer.get();
        timer.schedule(() -> program.interruptRunningCode(cause), LOOP_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether someone aborted the build; what its script made of the interruption does not matter. */
    static boolean stopped(Run<?, ?> build) {
        return build.getActions(InterruptedBuildAction.class).stream()
                .anyMatch(told -> told.getCauses().stream().anyMatch(ByUser.class::isInstance));
    }

    @Override
    public synchronized void close() {
        before.forEach(Signal::handle);
        before.clear();
    }

    /** Who stopped the build. */
    private static final class ByUser extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String signal;

        ByUser(String signal) {
            this.signal = signal;
        }

        @Override
        public String getShortDescription() {
            return "Aborted by SIG" + signal;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByUser user && user.signal.equals(signal);
        }

        @Override
        public int hashCode() {
            return signal.hashCode();
        }
    }
}
