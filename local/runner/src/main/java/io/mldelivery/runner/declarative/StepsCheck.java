package io.mldelivery.runner.declarative;

import java.util.Map;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Checks that a block holds step calls only; anything goes inside of {@code script}. */
final class StepsCheck {
    private static final Map<String, String> BLOCKED = Map.of(
            "stage", "The stage step cannot be used in Declarative Pipelines",
            "properties", "The properties step cannot be used in Declarative Pipelines");

    private final Problems problems;

    private final ArgumentCheck arguments;

    StepsCheck(Problems problems) {
        this.problems = problems;
        this.arguments = new ArgumentCheck(problems);
    }

    void check(ClosureExpression block) {
        Ast.statements(block).forEach(this::check);
    }

    private void check(Statement statement) {
        if (!(statement instanceof ExpressionStatement expression)
                || !(expression.getExpression() instanceof MethodCallExpression call)) {
            problems.add(statement, "Expected a step");
            return;
        }
        String name = call.getMethodAsString();
        if (!call.isImplicitThis() || name == null) {
            boolean variable =
                    call.getObjectExpression() instanceof VariableExpression named && !named.isThisExpression();
            problems.add(
                    call,
                    variable ? "Method calls on objects not allowed outside \"script\" blocks." : "Expected a symbol");
        } else if (BLOCKED.containsKey(name)) {
            problems.add(
                    call, "Invalid step \"" + name + "\" used - not allowed in this context - " + BLOCKED.get(name));
        } else if (!name.equals("script") && !name.equals("parallel")) {
            arguments.check(call);
            checkBlocks(call);
        }
    }

    private void checkBlocks(MethodCallExpression call) {
        for (Expression argument : Ast.arguments(call)) {
            if (argument instanceof ClosureExpression block) {
                check(block);
            }
        }
    }
}
