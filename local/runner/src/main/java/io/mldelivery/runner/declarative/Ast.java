package io.mldelivery.runner.declarative;

import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.NamedArgumentListExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Takes calls and blocks of Groovy's syntax tree apart, and makes maps, lists and closures. */
final class Ast {
    private Ast() {}

    /** The call that a statement consists of when its receiver is implicit; else null. */
    static MethodCallExpression call(Statement statement) {
        return statement instanceof ExpressionStatement expression
                        && expression.getExpression() instanceof MethodCallExpression call
                        && call.isImplicitThis()
                        && call.getMethodAsString() != null
                ? call
                : null;
    }

    static List<Expression> arguments(MethodCallExpression call) {
        return call.getArguments() instanceof TupleExpression tuple ? tuple.getExpressions() : List.of();
    }

    /** Arguments without a closure at the end. */
    static List<Expression> plainArguments(MethodCallExpression call) {
        List<Expression> all = new ArrayList<>(arguments(call));
        if (block(call) != null) {
            all.remove(all.size() - 1);
        }
        return all;
    }

    /** The closure at the end of the arguments; else null. */
    static ClosureExpression block(MethodCallExpression call) {
        List<Expression> all = arguments(call);
        return !all.isEmpty() && all.get(all.size() - 1) instanceof ClosureExpression closure ? closure : null;
    }

    static List<Statement> statements(ClosureExpression closure) {
        return closure.getCode() instanceof BlockStatement block ? block.getStatements() : List.of(closure.getCode());
    }

    static ConstantExpression text(String value) {
        return new ConstantExpression(value);
    }

    static String constantText(Expression expression) {
        return expression instanceof ConstantExpression constant && constant.getValue() instanceof String value
                ? value
                : null;
    }

    /** A closure that computes the expression when it is called. */
    static ClosureExpression lazy(Expression expression, Parameter... parameters) {
        var block = new BlockStatement();
        var result = new ReturnStatement(expression);
        result.setSourcePosition(expression);
        block.addStatement(result);
        var closure = new ClosureExpression(parameters, block);
        closure.setVariableScope(new VariableScope());
        closure.setSourcePosition(expression);
        return closure;
    }

    static MapExpression map(ASTNode position, Object... pairs) {
        var map = new MapExpression();
        map.setSourcePosition(position);
        for (int i = 0; i < pairs.length; i += 2) {
            put(map, (String) pairs[i], (Expression) pairs[i + 1]);
        }
        return map;
    }

    static void put(MapExpression map, String key, Expression value) {
        map.addMapEntryExpression(text(key), value);
    }

    static ListExpression list(List<? extends Expression> elements) {
        return new ListExpression(new ArrayList<>(elements));
    }

    /** Arguments as a list: named ones as one map, bare names as text. */
    static ListExpression argumentList(MethodCallExpression call) {
        List<Expression> values = new ArrayList<>();
        for (Expression argument : arguments(call)) {
            if (argument instanceof NamedArgumentListExpression named) {
                values.add(new MapExpression(named.getMapEntryExpressions()));
            } else {
                values.add(argument);
            }
        }
        return list(values);
    }

    /** The name of a variable expression; else null. */
    static String bareName(Expression expression) {
        return expression instanceof VariableExpression variable ? variable.getName() : null;
    }
}
