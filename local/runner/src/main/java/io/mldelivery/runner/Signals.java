package io.mldelivery.runner;

import hudson.model.Result;
import io.mldelivery.runner.machine.Program;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jenkins.model.CauseOfInterruption;
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

    private Signals(Program program) {
        this.program = program;
    }

    static Signals stopping(Program program) {
        var signals = new Signals(program);
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
        program.stop(cause);
        ScheduledExecutorService timer = Timer.get();
        timer.schedule(() -> program.interruptRunningCode(cause), LOOP_SECONDS, TimeUnit.SECONDS);
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
    }
}
