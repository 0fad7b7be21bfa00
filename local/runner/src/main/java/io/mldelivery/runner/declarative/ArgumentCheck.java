package io.mldelivery.runner.declarative;

import hudson.model.Describable;
import io.mldelivery.runner.binding.DescribableModel;
import io.mldelivery.runner.binding.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.codehaus.groovy.runtime.typehandling.GroovyCastException;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Checks the arguments of a known step before anything runs: their names, their number and the types of constants. */
final class ArgumentCheck {
    private final Problems problems;

    ArgumentCheck(Problems problems) {
        this.problems = problems;
    }

    void check(MethodCallExpression call) {
        StepDescriptor descriptor = StepDescriptor.byFunctionName(call.getMethodAsString());
        if (descriptor == null) {
            return;
        }
        DescribableModel model = DescribableModel.of(descriptor.clazz);
        List<Expression> arguments = Ast.plainArguments(call);
        if (arguments.isEmpty()) {
            requireAll(call, model, Set.of());
        } else if (arguments.get(0) instanceof MapExpression named) {
            checkNamed(call, model, named);
        } else if (arguments.size() > 1) {
            problems.add(call, "Arguments to \"" + call.getMethodAsString() + "\" must be explicitly named.");
        } else {
            checkSingle(call, model, arguments.get(0), descriptor);
        }
    }

    private void checkNamed(MethodCallExpression call, DescribableModel model, MapExpression named) {
        Set<String> given = new HashSet<>();
        for (MapEntryExpression argument : named.getMapEntryExpressions()) {
            String name = Ast.constantText(argument.getKeyExpression());
            if (name == null || isSoleObject(model, name)) {
                return;
            }
            given.add(name);
            checkOne(model, argument, name, named.getMapEntryExpressions().size() == 1);
        }
        if (model.names().containsAll(given)) {
            requireAll(call, model, given);
        }
    }

    /** The names may be those of the one object that the step takes. */
    private static boolean isSoleObject(DescribableModel model, String name) {
        String sole = model.soleParameter();
        return sole != null && !model.names().contains(name) && Describable.class.isAssignableFrom(model.typeOf(sole));
    }

    private void checkOne(DescribableModel model, MapEntryExpression argument, String name, boolean only) {
        if (!model.names().contains(name)) {
            problems.add(
                    argument.getKeyExpression(),
                    "Invalid parameter \"" + name + "\", did you mean \"" + Nearest.of(name, model.names()) + "\"?");
            return;
        }
        boolean unnamed = only && name.equals(model.soleParameter());
        checkType(argument.getValueExpression(), model.typeOf(name), unnamed ? "" : " for parameter \"" + name + "\"");
    }

    private void checkSingle(
            MethodCallExpression call, DescribableModel model, Expression argument, StepDescriptor descriptor) {
        if (model.soleParameter() != null) {
            checkType(argument, model.typeOf(model.soleParameter()), "");
        } else if (!descriptor.takesImplicitBlockArgument() && !(argument instanceof ClosureExpression)) {
            problems.add(call, "Step does not take a single required parameter - use named parameters instead");
        }
    }

    private void checkType(Expression argument, Class<?> type, String parameter) {
        if (type != null
                && argument instanceof ConstantExpression constant
                && constant.getValue() != null
                && !fits(constant.getValue(), type)) {
            problems.add(
                    argument,
                    "Expecting \"" + type + "\"" + parameter + " but got \"" + constant.getValue() + "\" of type "
                            + constant.getValue().getClass() + " instead");
        }
    }

    private static boolean fits(Object value, Class<?> type) {
        if (type == String.class && (value instanceof Integer || value instanceof Boolean)
                || type == int.class && (value instanceof String || value instanceof Boolean)) {
            return false;
        }
        try {
            DefaultTypeTransformation.castToType(value, type);
            return true;
        } catch (GroovyCastException | IllegalArgumentException e) {
            return false;
        }
    }

    private void requireAll(MethodCallExpression call, DescribableModel model, Set<String> given) {
        for (String name : model.required()) {
            if (!given.contains(name)) {
                problems.add(call, "Missing required parameter: \"" + name + "\"");
            }
        }
    }
}
