package io.mldelivery.runner.declarative;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Parses {@code agent}: a closure that makes a map with the kind and its settings. */
final class AgentParser {
    private static final Set<String> SETTINGS = Set.of("label", "customWorkspace");

    private final Problems problems;

    AgentParser(Problems problems) {
        this.problems = problems;
    }

    Expression agent(MethodCallExpression call) {
        ClosureExpression block = Ast.block(call);
        return Ast.lazy(block == null ? bare(call) : fromBlock(call, block));
    }

    private Expression bare(MethodCallExpression call) {
        List<Expression> arguments = Ast.arguments(call);
        String name = arguments.size() == 1 ? Ast.bareName(arguments.get(0)) : null;
        if (!"any".equals(name) && !"none".equals(name)) {
            problems.add(call, "Only \"agent none\", \"agent any\" or \"agent {...}\" are allowed.");
        }
        return kind(call, name == null ? "none" : name);
    }

    private Expression fromBlock(MethodCallExpression call, ClosureExpression block) {
        List<Statement> statements = Ast.statements(block);
        if (statements.isEmpty()) {
            problems.add(call, "Expected an agent");
            problems.add(call, "No agent type specified. Must be one of [any, label, none]");
            return kind(call, "none");
        }
        if (statements.size() > 1) {
            problems.add(call, "Only one agent type is allowed per agent section");
        }
        MethodCallExpression type = Ast.call(statements.get(0));
        if (type == null) {
            return bareName(call, statements.get(0));
        }
        return switch (type.getMethodAsString()) {
            case "label" -> label(type);
            case "node" -> node(type);
            default -> invalid(type, type.getMethodAsString());
        };
    }

    /** {@code agent { any }}. */
    private Expression bareName(MethodCallExpression call, Statement statement) {
        String name = statement.getText().replaceAll("^.*this\\.|[^A-Za-z]", "");
        return name.equals("any") || name.equals("none") ? kind(call, name) : invalid(call, statement.getText());
    }

    private Expression invalid(MethodCallExpression where, String name) {
        problems.add(where, "Invalid agent type \"" + name + "\" specified. Must be one of [any, label, none]");
        return kind(where, "none");
    }

    private Expression label(MethodCallExpression type) {
        MapExpression agent = kind(type, "label");
        if (Ast.arguments(type).size() == 1) {
            Ast.put(agent, "label", Ast.arguments(type).get(0));
        } else {
            problems.add(type, "No argument for agent key \"label\"");
        }
        return agent;
    }

    private Expression node(MethodCallExpression type) {
        MapExpression agent = kind(type, "label");
        ClosureExpression block = Ast.block(type);
        List<Statement> settings = block == null ? new ArrayList<>() : Ast.statements(block);
        for (Statement statement : settings) {
            MethodCallExpression setting = Ast.call(statement);
            String key = setting == null ? statement.getText() : setting.getMethodAsString();
            if (setting == null || !SETTINGS.contains(key)) {
                problems.add(
                        statement,
                        "Invalid config option \"" + key
                                + "\" for agent type \"label\". Valid config options are [label, customWorkspace]");
            } else if (Ast.arguments(setting).size() != 1) {
                problems.add(statement, "No argument for agent key \"" + key + "\"");
            } else {
                Ast.put(agent, key, Ast.arguments(setting).get(0));
            }
        }
        if (settings.isEmpty()) {
            problems.add(type, "Missing required parameter for agent type \"label\": label");
        }
        return agent;
    }

    private static MapExpression kind(MethodCallExpression position, String kind) {
        return Ast.map(position, "kind", Ast.text(kind));
    }
}
