package io.mldelivery.runner.declarative;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.ParameterDefinition;
import hudson.model.Result;
import hudson.model.Run;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.runner.binding.DescribableModel;
import io.mldelivery.runner.binding.SymbolCall;
import io.mldelivery.runner.binding.Symbols;
import io.mldelivery.runner.build.BuildParameters;
import io.mldelivery.runner.build.BuildSurroundings;
import io.mldelivery.runner.build.CredentialFile;
import io.mldelivery.runner.script.ScriptHost;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.MissingContextVariableException;

/** The parts of the interpreter that need no steps. Has no state; each call finds the build of its thread. */
public final class DeclarativeSupport implements Serializable {
    private static final long serialVersionUID = 1L;

    private static BuildSurroundings build() {
        return BuildSurroundings.current();
    }

    /** Prints a line that belongs to no step. */
    public void log(Object line) {
        build().log().println(line);
    }

    /** The class under which steps know the build. */
    public Class<?> typeOfBuild() {
        return Run.class;
    }

    /** Applies the {@code parameters} section; its absence declares none. */
    public void declareParameters(List<?> definitions) throws Exception {
        List<ParameterDefinition> made = new ArrayList<>();
        Symbols symbols = Symbols.ofExtensions();
        for (Object definition : definitions) {
            made.add((ParameterDefinition) DescribableModel.nested(ParameterDefinition.class, definition, symbols));
        }
        build().serviceOf(BuildParameters.class).declare(made);
    }

    public boolean isUnstable() {
        return Result.UNSTABLE.equals(build().build().getResult());
    }

    public boolean isWrapper(String option) {
        return OptionParser.WRAPPERS.contains(option);
    }

    /** Whether there is something to check out. */
    public boolean hasScm() {
        return build().global("scm") != ScriptHost.ABSENT;
    }

    /** What {@code checkout} takes. */
    public Object scm() {
        return build().global("scm");
    }

    /** The value of an environment variable of the enclosing blocks. */
    public String variable(String name) {
        return build().currentEnvironment().get(name);
    }

    /** The model of a variable by its name. */
    public Map<?, ?> named(List<Map<?, ?>> variables, Object name) {
        return variables.stream()
                .filter(variable -> variable.get("name").equals(String.valueOf(name)))
                .findFirst()
                .orElseThrow();
    }

    /** The cells of a matrix as stages: all combinations of its axes but the excluded ones. */
    public List<Map<String, Object>> cells(Map<String, Object> matrix) {
        return new MatrixCells(matrix).stages();
    }

    /** Bindings for {@code NAME = credentials('id')}: the kind of the credentials decides which variables there are. */
    public List<SymbolCall> bindings(String name, Object id) throws IOException {
        Symbols symbols = Symbols.ofExtensions();
        String credentials = String.valueOf(id);
        return switch (build().serviceOf(CredentialFile.class).kind(credentials)) {
            case SECRET -> List.of(symbols.call("string", Map.of("credentialsId", credentials, "variable", name)));
            case FILE -> List.of(symbols.call("file", Map.of("credentialsId", credentials, "variable", name)));
            case USERNAME_PASSWORD ->
                List.of(
                        symbols.call("usernameColonPassword", Map.of("credentialsId", credentials, "variable", name)),
                        symbols.call(
                                "usernamePassword",
                                Map.of(
                                        "credentialsId",
                                        credentials,
                                        "usernameVariable",
                                        name + "_USR",
                                        "passwordVariable",
                                        name + "_PSW")));
        };
    }

    /** Variables for the answer to a stage's {@code input}. */
    public List<String> inputVariables(Map<String, Object> arguments, Object answer) {
        List<String> pairs = new ArrayList<>();
        if (answer instanceof Map<?, ?> values) {
            values.forEach((name, value) -> pairs.add(name + "=" + value));
        } else if (arguments.containsKey("submitterParameter")) {
            pairs.add(arguments.get("submitterParameter") + "=" + answer);
        } else if (arguments.get("parameters") instanceof List<?> parameters && parameters.size() == 1) {
            pairs.add(((SymbolCall) parameters.get(0)).getArguments().get("name") + "=" + answer);
        }
        return pairs;
    }

    /** Why no change matches: a local build has none. */
    public String noChanges() {
        return build().build().getPreviousBuild() == null
                ? "Warning, empty changelog. Probably because this is the first build."
                : "Warning, empty changelog. Have you run checkout?";
    }

    /** Whether a condition of {@code when} without children holds. */
    public boolean isMet(String name, List<?> arguments) throws AbortException {
        return new Condition(name, arguments, build()).isMet();
    }

    /** Whether a step failed because it is not on a node. */
    public boolean isForNode(Throwable failure) {
        return failure instanceof MissingContextVariableException missing
                && (missing.getType() == FilePath.class || missing.getType() == Launcher.class);
    }

    /** Explains what a step needs that has no node because of {@code agent none}. */
    public String noNode() {
        return "Attempted to execute a step that requires a node context while ‘agent none’ was "
                + "specified. Be sure to specify your own ‘node { ... }’ blocks when using ‘agent none’.";
    }

    /** Post conditions in the order in which they run. */
    public List<String> conditionNames() {
        return PostCondition.NAMES;
    }

    /** Whether any condition that a {@code post} section has holds. */
    public boolean anyConditionMet(Map<String, ?> post, Throwable failure, boolean inStage) {
        return post != null && post.keySet().stream().anyMatch(name -> isConditionMet(name, failure, inStage));
    }

    /** Whether a post condition holds. */
    public boolean isConditionMet(String name, Throwable failure, boolean inStage) {
        return PostCondition.of(build(), failure, inStage).isMet(name);
    }

    /** Shows the result so far to the steps of a post condition; answers what to restore, null for no result. */
    public String enterPost(Throwable failure, boolean inStage) {
        LocalRun run = build().build();
        Result before = run.getResult();
        run.replaceResult(PostCondition.of(build(), failure, inStage).result());
        return Objects.toString(before, "") + ":" + run.getResult();
    }

    /** Takes the shown result back unless the steps changed it. */
    public void leavePost(String states) {
        LocalRun run = build().build();
        String[] parts = states.split(":", 2);
        if (parts[1].equals(String.valueOf(run.getResult())) && !parts[1].equals(parts[0])) {
            run.replaceResult(parts[0].isEmpty() ? null : Result.fromString(parts[0]));
        }
    }

    /** Prints why a post condition failed. */
    public void logPostError(String condition, Throwable failure) {
        log("Error when executing " + condition + " post condition:");
        failure.printStackTrace(build().log());
    }
}
