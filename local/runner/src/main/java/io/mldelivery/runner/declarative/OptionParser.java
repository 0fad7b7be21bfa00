package io.mldelivery.runner.declarative;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Parses {@code options}: calls by name, those that wrap the steps and those that are settings. */
final class OptionParser {
    /** Steps whose blocks the options put around everything else. */
    static final Set<String> WRAPPERS =
            Set.of("timeout", "retry", "timestamps", "catchError", "warnError", "withCredentials", "withEnv", "ws");

    private static final Set<String> STAGE_SETTINGS = Set.of("skipDefaultCheckout", "checkoutToSubdirectory");
    private static final Set<String> SETTINGS = Set.of(
            "buildDiscarder",
            "checkoutToSubdirectory",
            "disableConcurrentBuilds",
            "disableRestartFromStage",
            "disableResume",
            "durabilityHint",
            "newContainerPerStage",
            "overrideIndexTriggers",
            "parallelsAlwaysFailFast",
            "preserveStashes",
            "quietPeriod",
            "skipDefaultCheckout",
            "skipStagesAfterUnstable");

    private final Problems problems;

    OptionParser(Problems problems) {
        this.problems = problems;
    }

    Expression options(MethodCallExpression section, boolean stage) {
        List<Expression> options = new ArrayList<>();
        ClosureExpression block = Ast.block(section);
        if (block == null) {
            problems.add(section, "Expected a block for options");
            return Ast.list(options);
        }
        Set<String> known = known(stage);
        Set<String> seen = new HashSet<>();
        for (Statement statement : Ast.statements(block)) {
            MethodCallExpression call = Ast.call(statement);
            if (call == null) {
                problems.add(statement, "Expected an option");
            } else if (check(call, known, seen)) {
                options.add(SectionParser.call(call));
            }
        }
        if (Ast.statements(block).isEmpty()) {
            problems.add(section, "options can not be empty");
        }
        return Ast.list(options);
    }

    private static Set<String> known(boolean stage) {
        Set<String> known = new TreeSet<>(WRAPPERS);
        known.addAll(stage ? STAGE_SETTINGS : SETTINGS);
        return known;
    }

    private boolean check(MethodCallExpression call, Set<String> known, Set<String> seen) {
        String name = call.getMethodAsString();
        if (name.equals("parameters")) {
            problems.add(
                    call,
                    "The \"parameters\" job property can't be used in the \"options\" directive. "
                            + "Use the \"parameters {...}\" directive instead.");
        } else if (name.equals("pipelineTriggers")) {
            problems.add(
                    call,
                    "The \"triggers\" job property can't be used in the \"options\" directive. "
                            + "Use the \"triggers {...}\" directive instead.");
        } else if (!known.contains(name)) {
            problems.add(call, "Invalid option type \"" + name + "\". Valid option types: " + known);
        } else if (!seen.add(name)) {
            problems.add(call, "Duplicate option name: \"" + name + "\"");
        } else {
            return true;
        }
        return false;
    }
}
