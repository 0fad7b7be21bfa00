package io.mldelivery.runner.declarative;

import java.util.Set;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ExpressionTransformer;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/** Turns {@code NAME} and {@code env.NAME} of other variables in the same block into calls of a function. */
final class SiblingReferences implements ExpressionTransformer {
    private static final String LOOK_UP = "siblingVariable";

    private final Set<String> names;

    SiblingReferences(Set<String> names) {
        this.names = names;
    }

    /** A closure with the function as its parameter. */
    ClosureExpression closure(Expression value) {
        return Ast.lazy(transform(value), new Parameter(ClassHelper.OBJECT_TYPE, LOOK_UP));
    }

    @Override
    public Expression transform(Expression expression) {
        if (expression instanceof VariableExpression variable && names.contains(variable.getName())) {
            return lookUp(variable.getName(), expression);
        }
        if (expression instanceof PropertyExpression property
                && "env".equals(Ast.bareName(property.getObjectExpression()))
                && names.contains(property.getPropertyAsString())) {
            return lookUp(property.getPropertyAsString(), expression);
        }
        return expression instanceof ClosureExpression ? expression : expression.transformExpression(this);
    }

    private static Expression lookUp(String name, Expression position) {
        var call = new MethodCallExpression(
                new VariableExpression(LOOK_UP), "call", new ArgumentListExpression(Ast.text(name)));
        call.setImplicitThis(false);
        call.setSourcePosition(position);
        return call;
    }
}
