package io.mldelivery.runner.machine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Envs;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.sandbox.Invoker;
import com.google.common.util.concurrent.ListenableFuture;
import groovy.lang.Script;
import io.mldelivery.runner.script.ScriptCompiler;
import io.mldelivery.runner.script.ScriptHost;
import io.mldelivery.runner.script.SerializableIterators;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A running Pipeline: threads of transformed code that take turns on one Java thread, as in Jenkins. Everything that
 * is not transient is the saved state. {@link #post} and {@link StepCall} may be used from any thread, all else only
 * from the program's own.
 */
public final class Program implements ScriptHost, Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, ProgramThread> threads = new TreeMap<>();
    private final LinkedHashMap<String, String> sources = new LinkedHashMap<>();
    private final LinkedHashMap<String, Object> objects = new LinkedHashMap<>();
    private final ArrayList<Script> scripts = new ArrayList<>();
    private final PipelineBinding binding = new PipelineBinding();
    private int lastThread;
    private Outcome outcome;

    private transient BlockingQueue<Runnable> queue;
    private transient ScriptCompiler compiler;
    private transient Surroundings surroundings;
    private transient StepRegistry registry;
    private transient SavePoint savePoint;
    private transient ProgramThread running;

    /** Gives the program all that is not saved; must be the first call on a new or restored program. */
    public void attach(ScriptCompiler scripts, Surroundings outside, StepRegistry steps, ProgramFile file) {
        queue = new LinkedBlockingQueue<>();
        compiler = scripts;
        surroundings = outside;
        registry = steps;
        savePoint = new SavePoint(file, this);
    }

    /** The texts of all scripts by class name in the order in which they were compiled. */
    Map<String, String> sources() {
        return sources;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** The compiler of this program's scripts. */
    public ScriptCompiler compiler() {
        return compiler;
    }

    /** Objects that belong to the program and are saved with it, such as library variables; by name. */
    public Map<String, Object> objects() {
        return objects;
    }

    /** Starts with a script as the main thread. */
    public void begin(String className, String text) {
        ScriptHost.enter(this);
        try {
            Script main = script(className, text);
            ProgramThread thread =
                    add("", new Continuable(main, Envs.empty(Invoker.INSTANCE)), ContextFrame.OUTERMOST, null);
            thread.next = new Outcome(null, null);
        } finally {
            ScriptHost.enter(null);
        }
    }

    /** Compiles one more script of this program and remembers its text. */
    public Script script(String className, String text) {
        sources.put(className, text);
        Script script = compiler.script(className, text, binding);
        scripts.add(script);
        return script;
    }

    /** Compiles a class of this program from its text and remembers the text. */
    public Class<?> type(String className, String text) {
        sources.put(className, text);
        return compiler.compile(className, text);
    }

    /** Compiles one more script under the next free name of the form {@code Script1}. */
    public Script nextScript(String text) {
        int number = 1;
        while (sources.containsKey("Script" + number)) {
            number++;
        }
        return script("Script" + number, text);
    }

    @Override
    public Object evaluate(String text) {
        return nextScript(text).run();
    }

    @Override
    public Object call(String name, Object[] arguments) {
        return registry.call(this, name, arguments);
    }

    @Override
    public Object property(String name) {
        Object global = surroundings.global(name);
        return global != ABSENT ? global : surroundings.environmentProperty(name);
    }

    @Override
    public void note(String line) {
        surroundings.log().println(line);
    }

    void trace(String line) {
        surroundings.log().println("[Pipeline] " + line);
    }

    ProgramThread runningThread() {
        return running;
    }

    /** What the step that is being called now may see; the outermost frame between steps. */
    public ContextFrame currentFrame() {
        return running == null ? ContextFrame.OUTERMOST : running.frame;
    }

    <T> T context(Class<T> type, StepCall call) throws IOException, InterruptedException {
        if (type.isInstance(call)) {
            return type.cast(call);
        }
        return surroundings.context(type, call.thread().frame);
    }

    ProgramThread start(Continuable code, String path, ContextFrame frame, Body body) {
        ProgramThread thread = add(path, code, frame, body);
        thread.next = new Outcome(null, null);
        return thread;
    }

    private ProgramThread add(String path, Continuable code, ContextFrame frame, Body body) {
        var thread = new ProgramThread(++lastThread, path, code, frame, body);
        threads.put(thread.id, thread);
        return thread;
    }

    <T> T onBehalfOf(ProgramThread thread, Callable<T> action) throws Exception {
        ProgramThread before = running;
        running = thread;
        try {
            return action.call();
        } finally {
            running = before;
        }
    }

    /** Queues an action for the program's thread. */
    public void post(Runnable action) {
        queue.add(action);
    }

    void resume(StepCall call, Outcome result) {
        ProgramThread thread = call.thread();
        thread.step = null;
        thread.next = result;
        if (call.isBlock()) {
            trace("// " + call.function());
        }
    }

    ListenableFuture<Void> requestSave() {
        return savePoint.request();
    }

    /** Runs until all threads have ended; answers how the main script ended. */
    public Outcome run() throws InterruptedException {
        ScriptHost.enter(this);
        CpsCallableInvocation.registerMismatchHandler(new Mismatches(surroundings)::report);
        try {
            savePoint.saveWhenDue();
            while (!threads.isEmpty()) {
                if (!advance()) {
                    savePoint.saveWhenDue();
                    queue.take().run();
                }
            }
            return outcome;
        } finally {
            CpsCallableInvocation.registerMismatchHandler(null);
            ScriptHost.enter(null);
        }
    }

    private boolean advance() {
        boolean advanced = false;
        for (ProgramThread thread : new ArrayList<>(threads.values())) {
            if (thread.next != null) {
                advance(thread);
                advanced = true;
            }
        }
        Runnable action;
        while ((action = queue.poll()) != null) {
            action.run();
            advanced = true;
        }
        if (advanced) {
            savePoint.changed();
        }
        return advanced;
    }

    private void advance(ProgramThread thread) {
        Outcome input = thread.next;
        thread.next = null;
        running = thread;
        Outcome result;
        try {
            result = thread.code.run0(input, SerializableIterators.CATEGORIES);
        } finally {
            running = null;
        }
        if (!thread.code.isResumable()) {
            threads.remove(thread.id);
            if (thread.body == null) {
                outcome = result;
            }
        } else if (result.getNormal() instanceof StepCall waiting) {
            waiting.startWaiting();
        }
    }

    /** Goes on with a program that was read back: each step that was running is told. */
    public void resumeSteps() {
        scripts.forEach(script -> script.setBinding(binding));
        for (ProgramThread thread : new ArrayList<>(threads.values())) {
            if (thread.step != null) {
                resume(thread.step);
            }
        }
    }

    /** A step may have completed right before the state was written, with only the news of it lost. */
    private void resume(StepExecution step) {
        if (step.getContext() instanceof StepCall call && call.outcome() != null) {
            post(() -> resume(call, call.outcome()));
        } else {
            post(() -> resumeStep(step));
        }
    }

    private static void resumeStep(StepExecution step) {
        try {
            step.onResume();
        } catch (RuntimeException | LinkageError e) {
            step.getContext().onFailure(e);
        }
    }

    /** Interrupts everything that runs, from the innermost steps outward. */
    public void stop(Throwable cause) {
        post(() -> stopWithin(null, cause));
    }

    /** Interrupts code that runs without calling steps, such as an endless loop, at its next expression. */
    public void interruptRunningCode(Throwable cause) {
        ProgramThread thread = running;
        if (thread != null) {
            thread.code.superInterrupt(cause);
        }
    }

    void stopWithin(Body ancestor, Throwable cause) {
        for (ProgramThread thread : new ArrayList<>(threads.values())) {
            if ((ancestor == null || thread.isWithin(ancestor)) && !hasRunningBody(thread)) {
                stop(thread, cause);
            }
        }
    }

    private static void stop(ProgramThread thread, Throwable cause) {
        if (thread.step == null) {
            thread.next = new Outcome(null, cause);
            return;
        }
        try {
            thread.step.stop(cause);
        } catch (Exception e) {
            e.addSuppressed(cause);
            thread.step.getContext().onFailure(e);
        }
    }

    private boolean hasRunningBody(ProgramThread parent) {
        return threads.values().stream()
                .anyMatch(thread -> thread.body != null && thread.body.call().thread() == parent);
    }

    List<StepExecution> innermostSteps(Body ancestor) {
        List<StepExecution> steps = new ArrayList<>();
        for (ProgramThread thread : new ArrayList<>(threads.values())) {
            if (thread.step != null && thread.isWithin(ancestor) && !hasRunningBody(thread)) {
                steps.add(thread.step);
            }
        }
        return steps;
    }

    /** The state cannot be saved: fails what runs, so that the mistake shows where it was made. */
    void failSave(IOException cause) {
        for (ProgramThread thread : new ArrayList<>(threads.descendingMap().values())) {
            if (!hasRunningBody(thread)) {
                if (thread.step != null) {
                    thread.step.getContext().onFailure(cause);
                } else {
                    thread.next = new Outcome(null, cause);
                }
                return;
            }
        }
    }
}
