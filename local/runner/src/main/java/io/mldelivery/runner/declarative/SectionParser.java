package io.mldelivery.runner.declarative;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Parses the sections that a pipeline and a stage have in common, except their stages. */
final class SectionParser {
    private static final List<String> CONDITIONS = List.of(
            "always",
            "changed",
            "fixed",
            "regression",
            "aborted",
            "success",
            "unsuccessful",
            "unstable",
            "failure",
            "notBuilt",
            "cleanup");
    private static final Set<String> INPUT =
            Set.of("message", "id", "ok", "submitter", "submitterParameter", "parameters");
    private static final Set<String> PARAMETERS =
            Set.of("string", "text", "booleanParam", "choice", "password", "file");

    private final Problems problems;

    SectionParser(Problems problems) {
        this.problems = problems;
    }

    /** The model of a section, or null for one that is parsed elsewhere. */
    Expression parse(String section, MethodCallExpression call, boolean stage) {
        return switch (section) {
            case "agent" -> new AgentParser(problems).agent(call);
            case "environment" -> new EnvironmentParser(problems).environment(call);
            case "options" -> new OptionParser(problems).options(call, stage);
            case "when" -> new WhenParser(problems).when(call);
            case "input" -> input(call);
            case "steps" -> steps(call);
            case "post" -> post(call);
            case "tools" -> tools(call);
            default -> null;
        };
    }

    private Expression tools(MethodCallExpression call) {
        problems.add(call, "No tool installations are known to the runner; put tools on the PATH instead of \"tools\"");
        return null;
    }

    private Expression steps(MethodCallExpression call) {
        ClosureExpression block = block(call);
        if (block == null) {
            return null;
        }
        if (Ast.statements(block).isEmpty()) {
            problems.add(block, "No steps specified for branch");
        }
        new StepsCheck(problems).check(block);
        return block;
    }

    ClosureExpression block(MethodCallExpression call) {
        ClosureExpression block = Ast.block(call);
        if (block == null) {
            problems.add(call, "Expected a block for " + call.getMethodAsString());
        }
        return block;
    }

    private Expression post(MethodCallExpression call) {
        MapExpression post = Ast.map(call);
        ClosureExpression block = block(call);
        Set<String> seen = new HashSet<>();
        for (Statement statement : block == null ? List.<Statement>of() : Ast.statements(block)) {
            MethodCallExpression condition = Ast.call(statement);
            if (condition == null || Ast.block(condition) == null) {
                problems.add(statement, postNames());
            } else {
                addCondition(post, condition, seen);
            }
        }
        if (block != null && Ast.statements(block).isEmpty()) {
            problems.add(call, "post can not be empty");
        }
        return post;
    }

    private void addCondition(MapExpression post, MethodCallExpression condition, Set<String> seen) {
        String name = condition.getMethodAsString();
        if (!CONDITIONS.contains(name)) {
            problems.add(condition, "Invalid condition \"" + name + "\" - valid conditions are " + CONDITIONS);
        } else if (!seen.add(name)) {
            problems.add(condition, "Duplicate build condition name: \"" + name + "\"");
        } else {
            new StepsCheck(problems).check(Ast.block(condition));
            Ast.put(post, name, Ast.block(condition));
        }
    }

    private static String postNames() {
        return "The ‘post’ section can only contain build condition names with code blocks. Valid condition names are "
                + CONDITIONS;
    }

    private Expression input(MethodCallExpression call) {
        MapExpression input = Ast.map(call);
        ClosureExpression block = block(call);
        boolean message = false;
        for (Statement statement : block == null ? List.<Statement>of() : Ast.statements(block)) {
            MethodCallExpression field = Ast.call(statement);
            String name = field == null ? statement.getText() : field.getMethodAsString();
            if (field == null || !INPUT.contains(name)) {
                problems.add(statement, "Not a valid field for input: \"" + name + "\"");
            } else if (name.equals("parameters")) {
                Ast.put(input, name, parameters(field));
            } else {
                message |= name.equals("message");
                Ast.put(input, name, Ast.lazy(single(field)));
            }
        }
        if (!message) {
            problems.add(call, "No message specified for input");
        }
        return input;
    }

    private Expression single(MethodCallExpression field) {
        List<Expression> arguments = Ast.arguments(field);
        if (arguments.size() != 1) {
            problems.add(
                    field,
                    (arguments.isEmpty() ? "No argument for field \"" : "Too many arguments for field \"")
                            + field.getMethodAsString() + "\"");
            return Ast.text("");
        }
        return arguments.get(0);
    }

    /** Definitions as a closure that makes them all. */
    Expression parameters(MethodCallExpression call) {
        List<Expression> definitions = new ArrayList<>();
        ClosureExpression block = block(call);
        for (Statement statement : block == null ? List.<Statement>of() : Ast.statements(block)) {
            MethodCallExpression definition = Ast.call(statement);
            if (definition == null) {
                problems.add(statement, "Expected a build parameter definition");
            } else if (!PARAMETERS.contains(definition.getMethodAsString())) {
                problems.add(
                        statement,
                        "Invalid parameter type \"" + definition.getMethodAsString() + "\". Valid parameter types: "
                                + new TreeSet<>(PARAMETERS));
            } else {
                definitions.add(definition);
            }
        }
        if (block != null && Ast.statements(block).isEmpty()) {
            problems.add(call, "parameters can not be empty");
        }
        return Ast.lazy(at(call, Ast.list(definitions)));
    }

    /** Calls by name, each with a closure that makes its arguments. */
    Expression calls(MethodCallExpression section, String name) {
        List<Expression> calls = new ArrayList<>();
        ClosureExpression block = block(section);
        for (Statement statement : block == null ? List.<Statement>of() : Ast.statements(block)) {
            MethodCallExpression call = Ast.call(statement);
            if (call == null) {
                problems.add(statement, name.equals("triggers") ? "Expected a trigger" : "Expected a call");
            } else {
                checkKnown(name, call);
                calls.add(call(call));
            }
        }
        return Ast.list(calls);
    }

    private void checkKnown(String section, MethodCallExpression call) {
        String name = call.getMethodAsString();
        if (section.equals("libraries") && !name.equals("lib")) {
            problems.add(call, "Expected a \"lib(...)\" but got " + name);
        }
        List<String> triggers = List.of("upstream", "cron", "pollSCM");
        if (section.equals("triggers") && !triggers.contains(name)) {
            problems.add(call, "Invalid trigger type \"" + name + "\". Valid trigger types: " + triggers);
        }
    }

    static MapExpression call(MethodCallExpression call) {
        return Ast.map(
                call,
                "name",
                Ast.text(call.getMethodAsString()),
                "arguments",
                Ast.lazy(at(call, Ast.argumentList(call))));
    }

    private static Expression at(ASTNode position, Expression expression) {
        expression.setSourcePosition(position);
        return expression;
    }
}
