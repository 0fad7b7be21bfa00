package io.mldelivery.runner.build;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.console.ConsoleLogFilter;
import hudson.model.Computer;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.runner.machine.ContextFrame;
import io.mldelivery.runner.machine.Program;
import io.mldelivery.runner.machine.StepRegistry;
import io.mldelivery.runner.machine.Surroundings;
import io.mldelivery.runner.script.ScriptHost;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/** Gives a program the build's log, environment, global variables and services. */
public final class BuildSurroundings implements Surroundings {
    private static final ThreadLocal<BuildSurroundings> CURRENT = new ThreadLocal<>();

    private final LocalRun build;
    private final BuildLog log;
    private final StepRegistry registry;
    private final Map<String, String> environment;
    private final Map<Class<?>, Object> services = new LinkedHashMap<>();
    private final Map<String, Object> globals = new LinkedHashMap<>();
    private Function<String, Object> moreGlobals = name -> ScriptHost.ABSENT;
    private Program program;

    /** The environment is that of all builds, as a controller's global variables. */
    public BuildSurroundings(LocalRun build, BuildLog log, StepRegistry registry, Map<String, String> environment) {
        this.build = build;
        this.log = log;
        this.registry = registry;
        this.environment = environment;
        globals.put("env", new EnvVariable());
        globals.put("steps", new StepsVariable());
        globals.put("currentBuild", CurrentBuild.of(build));
        service(SecretMask.class, log.mask());
    }

    /** Makes these surroundings those of the program that runs on this thread. */
    public void enter(Program running) {
        program = running;
        CURRENT.set(this);
    }

    /** Takes the surroundings away from this thread. */
    public static void leave() {
        CURRENT.remove();
    }

    /** The surroundings of the program that runs on this thread. */
    public static BuildSurroundings current() {
        BuildSurroundings current = CURRENT.get();
        if (current == null) {
            throw new IllegalStateException("No build runs on this thread");
        }
        return current;
    }

    /** Offers an object to steps that ask for its class. */
    public <T> void service(Class<T> type, T service) {
        services.put(type, service);
    }

    /** The object offered for a class; null where there is none. */
    public <T> T serviceOf(Class<T> type) {
        return type.cast(services.get(type));
    }

    /** The innermost object of the class that an enclosing step put around what runs now; null where there is none. */
    public <T> T enclosing(Class<T> type) {
        return program == null ? null : program.currentFrame().find(type);
    }

    /** Adds a global variable. */
    public void global(String name, Object value) {
        globals.put(name, value);
    }

    /** Finds further global variables, such as those of libraries. */
    public void globals(Function<String, Object> finder) {
        moreGlobals = finder;
    }

    /** The build. */
    public LocalRun build() {
        return build;
    }

    @Override
    public Object global(String name) {
        if (globals.containsKey(name)) {
            return globals.get(name);
        }
        if (name.equals("params")) {
            return ((BuildParameters) services.get(BuildParameters.class)).values();
        }
        return moreGlobals.apply(name);
    }

    @Override
    public Object environmentProperty(String name) {
        String value = currentEnvironment().get(name);
        return value == null ? ScriptHost.ABSENT : value;
    }

    @Override
    public Set<String> globalNames() {
        Set<String> names = new TreeSet<>(globals.keySet());
        names.add("params");
        return names;
    }

    @Override
    public PrintStream log() {
        return log.printer();
    }

    @Override
    public void worsenResult(Result result) {
        build.setResult(result);
    }

    @Override
    public <T> T context(Class<T> type, ContextFrame frame) throws IOException, InterruptedException {
        if (type == EnvVars.class) {
            return type.cast(environment(frame));
        }
        if (type == TaskListener.class) {
            return type.cast(listener(frame));
        }
        T inner = frame.find(type);
        if (inner != null) {
            return inner;
        }
        Object service = services.get(type);
        return service != null ? type.cast(service) : fromBuild(type, frame);
    }

    private <T> T fromBuild(Class<T> type, ContextFrame frame) throws IOException, InterruptedException {
        if (type == Run.class || type == LocalRun.class) {
            return type.cast(build);
        }
        if (type == Job.class) {
            return type.cast(build.getParent());
        }
        if (frame.find(FilePath.class) == null) {
            return null;
        }
        if (type == Launcher.class) {
            return type.cast(LocalJenkins.current().createLauncher(listener(frame)));
        }
        if (type == Node.class) {
            return type.cast(LocalJenkins.current());
        }
        return type == Computer.class ? type.cast(LocalJenkins.current().toComputer()) : null;
    }

    private TaskListener listener(ContextFrame frame) throws IOException, InterruptedException {
        ConsoleLogFilter filter = frame.find(ConsoleLogFilter.class);
        if (filter == null) {
            return new StreamTaskListener(log.printer(), StandardCharsets.UTF_8);
        }
        OutputStream filtered = filter.decorateLogger((Run<?, ?>) build, log);
        return new StreamTaskListener(new PrintStream(filtered, true, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private EnvVars environment(ContextFrame frame) throws IOException, InterruptedException {
        EnvVars custom = build.getEnvironment(TaskListener.NULL);
        custom.put("BUILD_DISPLAY_NAME", build.getDisplayName());
        custom.put("JENKINS_HOME", LocalJenkins.current().getRootDir().getPath());
        custom.put("CI", "true");
        EnvVars all = frame.find(FilePath.class) == null ? new EnvVars() : new EnvVars(System.getenv());
        all.overrideAll(environment);
        all.overrideAll(custom);
        EnvironmentExpander expander = frame.find(EnvironmentExpander.class);
        if (expander != null) {
            expander.expand(all);
        }
        return all;
    }

    /** The environment of the step call that is being made. */
    public EnvVars currentEnvironment() {
        try {
            return environment(program == null ? ContextFrame.OUTERMOST : program.currentFrame());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Cannot read the environment", e);
        }
    }

    void setVariable(String name, String value) throws IOException {
        EnvironmentOverrides overrides = build.getAction(EnvironmentOverrides.class);
        if (overrides == null) {
            overrides = new EnvironmentOverrides();
            build.addAction(overrides);
        }
        overrides.set(name, value);
        build.save();
    }

    Object callStep(String name, Object[] arguments) {
        return registry.step(program, name, arguments);
    }
}
