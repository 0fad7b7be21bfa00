package io.mldelivery.runner;

import com.cloudbees.groovy.cps.Outcome;
import hudson.model.Cause;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.util.StreamTaskListener;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.runner.binding.Symbols;
import io.mldelivery.runner.build.Answers;
import io.mldelivery.runner.build.BuildLog;
import io.mldelivery.runner.build.BuildParameters;
import io.mldelivery.runner.build.BuildSurroundings;
import io.mldelivery.runner.build.CredentialFile;
import io.mldelivery.runner.build.SecretMask;
import io.mldelivery.runner.build.Workspaces;
import io.mldelivery.runner.declarative.Declarative;
import io.mldelivery.runner.declarative.DeclarativeRun;
import io.mldelivery.runner.library.Libraries;
import io.mldelivery.runner.library.LibraryAnnotations;
import io.mldelivery.runner.machine.Program;
import io.mldelivery.runner.machine.ProgramFile;
import io.mldelivery.runner.machine.StepRegistry;
import io.mldelivery.runner.script.ScriptCompiler;
import io.mldelivery.runner.steps.Failures;
import io.mldelivery.runner.steps.files.FolderTree;
import io.mldelivery.runner.steps.scm.LocalScm;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** One build from its start, or from where it was, to its end. */
final class BuildSession {
    static final String PROGRAM = "program.dat";
    private static final String MAIN = "WorkflowScript";

    private final RunRequest request;
    private final LocalRun build;
    private final Path folder;
    private final ProgramFile file;
    private final BuildLog log;
    private final TaskListener listener;
    private final StepRegistry registry;
    private final BuildSurroundings surroundings;
    private final Libraries libraries;
    private boolean begun;

    BuildSession(RunRequest request, LocalRun build, PrintStream console) throws IOException {
        this.request = request;
        this.build = build;
        this.folder = build.getRootDir().toPath();
        this.file = new ProgramFile(folder.resolve(PROGRAM));
        this.log = new BuildLog(folder.resolve("log"), console, new SecretMask());
        this.listener = new StreamTaskListener(log.printer(), StandardCharsets.UTF_8);
        this.registry = new StepRegistry(StepDescriptor.all(), Symbols.ofExtensions(log.printer()::println));
        this.surroundings = new BuildSurroundings(build, log, registry, request.environment());
        this.libraries = new Libraries(request.libraries(), folder.resolve("libs"));
        addServices();
    }

    private void addServices() {
        Path home = request.home().toAbsolutePath();
        Path workspace = request.workspace().orElse(home.resolve("workspace").resolve(request.job()));
        surroundings.service(Libraries.class, libraries);
        if (request.scm()) {
            surroundings.global(
                    "scm",
                    new LocalScm(
                            request.script().getParent().toString(),
                            home.normalize().toString()));
        }
        surroundings.service(Workspaces.class, new Workspaces(workspace, home));
        surroundings.service(
                CredentialFile.class, new CredentialFile(home.resolve("credentials.json"), System.getenv()));
        surroundings.service(Answers.class, new Answers(request.answers(), Terminal.reader()));
        surroundings.service(BuildParameters.class, new BuildParameters(build, request.parameters(), log.mask()));
    }

    Result run() throws IOException {
        try (log) {
            Throwable failure = failureOfRun();
            return finish(failure);
        }
    }

    private Throwable failureOfRun() {
        try {
            Program program = request.resume() ? restored() : started();
            surroundings.enter(program);
            try (Signals signals = Signals.stopping(program, build, listener)) {
                Outcome outcome = program.run();
                return outcome.getAbnormal();
            }
        } catch (IOException | InterruptedException | RuntimeException | LinkageError e) {
            return e;
        } finally {
            BuildSurroundings.leave();
        }
    }

    private ScriptCompiler compiler() {
        var annotations = new LibraryAnnotations(this::load, log.printer()::println);
        return new ScriptCompiler(getClass().getClassLoader(), List.of(annotations, new Declarative()));
    }

    private void load(String library, Runnable known) throws IOException {
        libraries.require(library);
        known.run();
        libraries.load(library);
    }

    private void attach(Program program, ScriptCompiler compiler) throws IOException {
        program.attach(compiler, surroundings, registry, file);
        surroundings.enter(program);
        libraries.attach(program);
        surroundings.globals(
                name -> name.equals(Declarative.RUN) ? DeclarativeRun.interpreter(program) : libraries.global(name));
    }

    private Program started() throws IOException {
        build.getCauses().stream().map(Cause::getShortDescription).forEach(log.printer()::println);
        RunListener.fireStarted(build, listener);
        String text = Files.readString(request.script());
        Files.writeString(folder.resolve("Jenkinsfile"), text);
        surroundings.serviceOf(BuildParameters.class).start();
        var program = new Program();
        attach(program, compiler());
        program.begin(MAIN, text);
        begun = true;
        log.printer().println("[Pipeline] Start of Pipeline");
        return program;
    }

    private Program restored() throws IOException {
        begun = true;
        log.printer().println("Resuming build");
        ScriptCompiler compiler = compiler();
        var compiling = new Program();
        attach(compiling, compiler);
        Program program = file.read(compiler, compiling);
        attach(program, compiler);
        program.resumeSteps();
        return program;
    }

    private Result finish(Throwable failure) throws IOException {
        PrintStream out = log.printer();
        if (begun) {
            out.println("[Pipeline] End of Pipeline");
        }
        Result result = Result.SUCCESS;
        if (failure != null) {
            result = failure instanceof FlowInterruptedException stopped ? stopped.getResult() : Result.FAILURE;
            report(failure, out);
        }
        build.setResult(Signals.stopped(build) ? result.combine(Result.ABORTED) : result);
        RunListener.fireCompleted(build, listener);
        build.finished(result);
        file.delete();
        FolderTree.delete(folder.resolve("durable"));
        out.println("Finished: " + build.getResult());
        RunListener.fireFinalized(build);
        return build.getResult();
    }

    private void report(Throwable failure, PrintStream out) {
        if (failure instanceof MultipleCompilationErrorsException errors) {
            out.println(errors.getClass().getName() + ": " + errors.getMessage());
        } else {
            Failures.print(failure, build, listener);
        }
    }
}
