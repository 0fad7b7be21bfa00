package io.mldelivery.runner.declarative;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Parses the axes and excludes of a matrix: names with literal values. */
final class AxisParser {
    private final Problems problems;

    AxisParser(Problems problems) {
        this.problems = problems;
    }

    Expression axes(MethodCallExpression section) {
        List<Expression> axes = axisList(section);
        if (section != null && axes.isEmpty()) {
            problems.add(section, "No axis directives specified");
        }
        return Ast.list(axes);
    }

    private List<Expression> axisList(MethodCallExpression section) {
        List<Expression> axes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Statement statement : statements(section)) {
            MethodCallExpression call = Ast.call(statement);
            if (call == null || !call.getMethodAsString().equals("axis") || Ast.block(call) == null) {
                problems.add(statement, "Expected an axis");
            } else {
                axes.add(axis(call, names));
            }
        }
        return axes;
    }

    Expression excludes(MethodCallExpression section) {
        List<Expression> excludes = new ArrayList<>();
        for (Statement statement : statements(section)) {
            MethodCallExpression call = Ast.call(statement);
            if (call == null || !call.getMethodAsString().equals("exclude")) {
                problems.add(statement, "Expected an exclude");
            } else {
                excludes.add(Ast.list(axisList(call)));
            }
        }
        if (section != null && excludes.isEmpty()) {
            problems.add(section, "No exclude directives specified");
        }
        return Ast.list(excludes);
    }

    private static List<Statement> statements(MethodCallExpression section) {
        ClosureExpression block = section == null ? null : Ast.block(section);
        return block == null ? List.of() : Ast.statements(block);
    }

    private Expression axis(MethodCallExpression call, Set<String> names) {
        MapExpression axis = Ast.map(call);
        for (Statement statement : Ast.statements(Ast.block(call))) {
            MethodCallExpression part = Ast.call(statement);
            String key = part == null ? null : part.getMethodAsString();
            if ("name".equals(key)) {
                Ast.put(axis, "name", name(part, names));
            } else if ("values".equals(key) || "notValues".equals(key)) {
                Ast.put(axis, key, values(part));
            } else {
                problems.add(statement, "Expected an axis");
            }
        }
        requireParts(call, axis);
        return axis;
    }

    private void requireParts(MethodCallExpression call, MapExpression axis) {
        Set<Object> found = new HashSet<>();
        for (MapEntryExpression part : axis.getMapEntryExpressions()) {
            found.add(Ast.constantText(part.getKeyExpression()));
        }
        if (!found.contains("name")) {
            problems.add(call, "Missing required section \"name\"");
        }
        if (!found.contains("values") && !found.contains("notValues")) {
            problems.add(call, "Missing required section \"values\"");
        }
    }

    private Expression name(MethodCallExpression call, Set<String> names) {
        Expression first = Ast.arguments(call).isEmpty()
                ? Ast.text("")
                : Ast.arguments(call).get(0);
        String name = Ast.constantText(first);
        if (name == null) {
            problems.add(call, "Expected string literal");
        } else if (!names.add(name)) {
            problems.add(call, "Duplicate axis name: \"" + name + "\"");
        }
        return first;
    }

    private Expression values(MethodCallExpression call) {
        Set<Object> seen = new HashSet<>();
        for (Expression value : Ast.arguments(call)) {
            if (!(value instanceof ConstantExpression constant)) {
                problems.add(value, "Expected string literal");
            } else if (!seen.add(constant.getValue())) {
                problems.add(value, "Duplicate axis value: \"" + constant.getValue() + "\"");
            }
        }
        return Ast.list(Ast.arguments(call));
    }
}
