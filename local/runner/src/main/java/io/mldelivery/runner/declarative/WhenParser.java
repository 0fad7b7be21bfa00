package io.mldelivery.runner.declarative;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Parses {@code when}: conditions, and at which point of the stage they are evaluated. */
final class WhenParser {
    private static final Set<String> MOMENTS = Set.of("beforeAgent", "beforeInput", "beforeOptions");
    private static final Set<String> NESTING = Set.of("allOf", "anyOf", "not");
    private static final List<String> CONDITIONS = List.of(
            "allOf",
            "anyOf",
            "branch",
            "buildingTag",
            "changeRequest",
            "changelog",
            "environment",
            "equals",
            "expression",
            "isRestartedRun",
            "not",
            "tag",
            "triggeredBy");

    private final Problems problems;

    WhenParser(Problems problems) {
        this.problems = problems;
    }

    Expression when(MethodCallExpression section) {
        MapExpression when = Ast.map(section);
        List<Expression> conditions = new ArrayList<>();
        ClosureExpression block = Ast.block(section);
        if (block == null) {
            problems.add(section, "Expected a block for when");
            return when;
        }
        for (Statement statement : Ast.statements(block)) {
            MethodCallExpression call = Ast.call(statement);
            if (call != null && MOMENTS.contains(call.getMethodAsString())) {
                Ast.put(when, call.getMethodAsString(), flag(call));
            } else {
                addCondition(statement, call, conditions);
            }
        }
        if (Ast.statements(block).isEmpty()) {
            problems.add(section, "Empty when closure, remove the property or add some content.");
        }
        Ast.put(when, "conditions", Ast.list(conditions));
        return when;
    }

    private Expression flag(MethodCallExpression call) {
        if (Ast.arguments(call).size() == 1
                && Ast.arguments(call).get(0) instanceof ConstantExpression constant
                && constant.getValue() instanceof Boolean) {
            return constant;
        }
        problems.add(call, "Expected a boolean with " + call.getMethodAsString());
        return ConstantExpression.FALSE;
    }

    private void addCondition(Statement statement, MethodCallExpression call, List<Expression> conditions) {
        if (call == null) {
            problems.add(statement, "Expected a when condition");
        } else if (!CONDITIONS.contains(call.getMethodAsString())) {
            problems.add(
                    call,
                    "Unknown conditional " + call.getMethodAsString() + ". Valid conditionals are: "
                            + String.join(", ", CONDITIONS));
        } else {
            conditions.add(condition(call));
        }
    }

    private Expression condition(MethodCallExpression call) {
        String name = call.getMethodAsString();
        ClosureExpression block = Ast.block(call);
        if (NESTING.contains(name)) {
            return Ast.map(call, "name", Ast.text(name), "children", Ast.list(children(call, name, block)));
        }
        if (name.equals("expression")) {
            if (block == null) {
                problems.add(call, "Expected a block for expression");
                return Ast.map(call, "name", Ast.text(name));
            }
            return Ast.map(call, "name", Ast.text(name), "body", block);
        }
        if (block != null) {
            problems.add(call, "No children when conditions are allowed for when condition \"" + name + "\".");
        }
        return SectionParser.call(call);
    }

    private List<Expression> children(MethodCallExpression call, String name, ClosureExpression block) {
        List<Expression> children = new ArrayList<>();
        for (Statement statement : block == null ? List.<Statement>of() : Ast.statements(block)) {
            addCondition(statement, Ast.call(statement), children);
        }
        if (children.isEmpty()) {
            problems.add(call, "Nested when condition \"" + name + "\" requires at least one child condition.");
        } else if (name.equals("not") && children.size() > 1) {
            problems.add(call, "Nested when condition \"not\" requires exactly 1 child condition(s).");
        }
        return children;
    }
}
