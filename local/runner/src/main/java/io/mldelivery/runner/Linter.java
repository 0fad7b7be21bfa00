package io.mldelivery.runner;

import io.mldelivery.runner.declarative.Declarative;
import io.mldelivery.runner.library.LibraryAnnotations;
import io.mldelivery.runner.script.ScriptCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Checks a Jenkinsfile without running it. */
public final class Linter {
    private Linter() {}

    /** What is wrong with a Jenkinsfile that loads no libraries. */
    public static List<Finding> lint(Path file) throws IOException {
        return lint(file, Map.of());
    }

    /** What is wrong, in the order of lines; libraries are those that {@code @Library} finds, by name. */
    public static List<Finding> lint(Path file, Map<String, Path> libraries) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RunnerException(
                    "There is no Jenkinsfile " + file, "Name one with -f FILE or change to its folder.");
        }
        var source = new LibrarySources(libraries);
        var annotations = new LibraryAnnotations(source::load, message -> {});
        var compiler = new ScriptCompiler(Linter.class.getClassLoader(), List.of(annotations, new Declarative()));
        source.attach(compiler);
        try {
            compiler.compile("WorkflowScript", Files.readString(file));
            return List.of();
        } catch (MultipleCompilationErrorsException e) {
            return findings(e);
        }
    }

    private static List<Finding> findings(MultipleCompilationErrorsException errors) {
        List<Finding> findings = new ArrayList<>();
        for (Object each : errors.getErrorCollector().getErrors()) {
            if (each instanceof SyntaxErrorMessage syntax) {
                SyntaxException cause = syntax.getCause();
                String message = cause.getOriginalMessage();
                findings.add(new Finding(cause.getStartLine(), cause.getStartColumn(), message));
            } else if (each instanceof ExceptionMessage exception) {
                findings.add(
                        new Finding(0, 0, String.valueOf(exception.getCause().getMessage())));
            }
        }
        findings.sort((left, right) -> Integer.compare(left.line(), right.line()));
        return findings;
    }

    /** Library folders as class path of the check. */
    private static final class LibrarySources {
        private final Map<String, Path> folders;
        private ScriptCompiler compiler;

        LibrarySources(Map<String, Path> folders) {
            this.folders = folders;
        }

        void attach(ScriptCompiler scripts) {
            compiler = scripts;
        }

        void load(String nameAndVersion, Runnable known) throws IOException {
            String name = nameAndVersion.replaceAll("@.*$", "");
            Path folder = folders.get(name);
            if (folder == null) {
                throw new IOException("Could not find any definition of libraries [" + name + "]");
            }
            compiler.addSources(folder.resolve("src"));
            compiler.addSources(folder.resolve("vars"));
        }
    }
}
