package io.mldelivery.runner.declarative;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.syntax.Types;

/**
 * Parses {@code environment}: a list of names with closures that take a function for the values of the other variables
 * of the same block, or with the id of credentials.
 */
final class EnvironmentParser {
    private final Problems problems;

    EnvironmentParser(Problems problems) {
        this.problems = problems;
    }

    Expression environment(MethodCallExpression section) {
        Map<String, Expression> values = new LinkedHashMap<>();
        ClosureExpression block = Ast.block(section);
        if (block == null) {
            problems.add(section, "Expected a block for environment");
            return Ast.list(List.of());
        }
        boolean pairs = true;
        for (Statement statement : Ast.statements(block)) {
            pairs &= addVariable(statement, values);
        }
        if (!pairs) {
            problems.add(section, "Expected name=value pairs");
        }
        if (values.isEmpty()) {
            problems.add(section, "No variables specified for environment");
        }
        Set<String> names = values.keySet();
        List<Expression> variables = new ArrayList<>();
        values.forEach((name, value) -> variables.add(variable(name, value, names)));
        return Ast.list(variables);
    }

    private boolean addVariable(Statement statement, Map<String, Expression> values) {
        if (!(statement instanceof ExpressionStatement expression)
                || !(expression.getExpression() instanceof BinaryExpression assignment)
                || assignment.getOperation().getType() != Types.EQUAL
                || Ast.bareName(assignment.getLeftExpression()) == null) {
            problems.add(
                    statement,
                    "\"" + problems.text(statement)
                            + "\" is not a valid environment expression. Use \"key = value\" pairs with valid Java/shell keys.");
            return false;
        }
        String name = Ast.bareName(assignment.getLeftExpression());
        Expression value = assignment.getRightExpression();
        checkValue(value);
        if (values.put(name, value) != null) {
            problems.add(statement, "Duplicate environment variable name: \"" + name + "\"");
        }
        return true;
    }

    private void checkValue(Expression value) {
        if (value instanceof ConstantExpression constant && constant.getValue() instanceof String
                || value instanceof GStringExpression
                || value instanceof MethodCallExpression call && call.isImplicitThis()) {
            return;
        }
        if (value instanceof ConstantExpression constant
                && (constant.getValue() instanceof Number || constant.getValue() instanceof Boolean)) {
            return;
        }
        if (value instanceof BinaryExpression sum) {
            checkSum(sum);
            return;
        }
        problems.add(
                value, "Environment variable values must either be single quoted, double quoted, or function calls.");
    }

    private void checkSum(BinaryExpression sum) {
        if (sum.getOperation().getType() != Types.PLUS) {
            problems.add(sum, "Environment variable values can only be joined together with ‘+’s.");
            return;
        }
        checkValue(sum.getLeftExpression());
        checkValue(sum.getRightExpression());
    }

    private static MapExpression variable(String name, Expression value, Set<String> names) {
        MapExpression variable = Ast.map(value, "name", Ast.text(name));
        if (value instanceof MethodCallExpression call && "credentials".equals(call.getMethodAsString())) {
            Ast.put(variable, "credentials", Ast.lazy(Ast.arguments(call).get(0)));
            return variable;
        }
        Set<String> others = new HashSet<>(names);
        others.remove(name);
        Ast.put(variable, "value", new SiblingReferences(others).closure(value));
        return variable;
    }
}
