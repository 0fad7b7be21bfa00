package io.mldelivery.runner.script;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.NamedArgumentListExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.SpreadMapExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;

/** Walks one source after parsing and replaces expressions; see {@link Desugar} for which and why. */
final class ExpressionRewriter extends ClassCodeExpressionTransformer {
    private final SourceUnit source;
    private final Set<Statement> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Statement> valued = Collections.newSetFromMap(new IdentityHashMap<>());
    private int temporaries;

    ExpressionRewriter(SourceUnit source) {
        this.source = source;
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return source;
    }

    void visitScript(BlockStatement body) {
        markLast(body);
        body.visit(this);
    }

    @Override
    public void visitMethod(MethodNode method) {
        if (isPlainGroovy(method)) {
            return;
        }
        markLast(method.getCode());
        super.visitMethod(method);
    }

    private static boolean isPlainGroovy(AnnotatedNode node) {
        for (AnnotationNode annotation : node.getAnnotations()) {
            if (annotation.getClassNode().getNameWithoutPackage().equals("NonCPS")) {
                return true;
            }
        }
        return false;
    }

    private void markLast(Statement body) {
        if (body instanceof BlockStatement block && !block.getStatements().isEmpty()) {
            List<Statement> statements = block.getStatements();
            valued.add(statements.get(statements.size() - 1));
        }
    }

    @Override
    public void visitExpressionStatement(ExpressionStatement statement) {
        if (!seen.add(statement)) {
            return;
        }
        Expression expression = statement.getExpression();
        if (isAssignment(expression) && !valued.contains(statement)) {
            statement.setExpression(withTransformedSides((BinaryExpression) expression));
        } else {
            statement.setExpression(transform(expression));
        }
    }

    @Override
    public Expression transform(Expression expression) {
        if (expression instanceof ClosureExpression closure) {
            markLast(closure.getCode());
            closure.getCode().visit(this);
            return closure;
        }
        if (expression instanceof DeclarationExpression declaration) {
            declaration.setRightExpression(transform(declaration.getRightExpression()));
            return declaration;
        }
        if (isAssignment(expression)) {
            return assignmentWithValue((BinaryExpression) expression);
        }
        if (expression instanceof ListExpression list && hasSpread(list.getExpressions())) {
            return spreadList(list.getExpressions(), list);
        }
        if (expression instanceof MapExpression map && hasSpread(map)) {
            return spreadMap(map);
        }
        if (expression instanceof MethodCallExpression call && hasSpread(arguments(call))) {
            return spreadCall(call);
        }
        return super.transform(expression);
    }

    private static boolean isAssignment(Expression expression) {
        return expression instanceof BinaryExpression binary
                && !(expression instanceof DeclarationExpression)
                && Types.ofType(binary.getOperation().getType(), Types.ASSIGNMENT_OPERATOR);
    }

    private BinaryExpression withTransformedSides(BinaryExpression binary) {
        var copy = new BinaryExpression(
                transform(binary.getLeftExpression()), binary.getOperation(), transform(binary.getRightExpression()));
        return at(binary, copy);
    }

    /** {@code target = value} becomes {@code [def t = value, target = t, t][2]}; compound ones read the target back. */
    private Expression assignmentWithValue(BinaryExpression assignment) {
        BinaryExpression plain = withTransformedSides(assignment);
        Expression target = plain.getLeftExpression();
        if (target instanceof TupleExpression) {
            return plain;
        }
        if (assignment.getOperation().getType() != Types.EQUAL) {
            return element(assignment, 1, plain, target);
        }
        var name = "assigned$" + temporaries++;
        var declaration = new DeclarationExpression(
                new VariableExpression(name), assignment.getOperation(), plain.getRightExpression());
        at(assignment, declaration);
        BinaryExpression store =
                at(assignment, new BinaryExpression(target, assignment.getOperation(), new VariableExpression(name)));
        return element(assignment, 2, declaration, store, new VariableExpression(name));
    }

    private static Expression element(ASTNode position, int index, Expression... elements) {
        var list = at(position, new ListExpression(new ArrayList<>(List.of(elements))));
        Token bracket =
                Token.newSymbol(Types.LEFT_SQUARE_BRACKET, position.getLineNumber(), position.getColumnNumber());
        return at(position, new BinaryExpression(list, bracket, new ConstantExpression(index)));
    }

    private static boolean hasSpread(List<Expression> expressions) {
        return expressions.stream().anyMatch(SpreadExpression.class::isInstance);
    }

    private static boolean hasSpread(MapExpression map) {
        return map.getMapEntryExpressions().stream()
                .anyMatch(entry -> entry.getKeyExpression() instanceof SpreadMapExpression);
    }

    private static List<Expression> arguments(MethodCallExpression call) {
        return call.getArguments() instanceof TupleExpression tuple ? tuple.getExpressions() : List.of();
    }

    /** {@code [a, *b]} becomes {@code [] + [a] + b.toList()}: of an array or a list, as Groovy spreads. */
    private Expression spreadList(List<Expression> elements, ASTNode position) {
        Expression sum = new ListExpression();
        for (Expression element : elements) {
            Expression part = element instanceof SpreadExpression spread
                    ? call(position, transform(spread.getExpression()), "toList")
                    : new ListExpression(new ArrayList<>(List.of(transform(element))));
            sum = plus(position, sum, part);
        }
        return sum;
    }

    private Expression spreadMap(MapExpression map) {
        Expression sum = new MapExpression();
        for (MapEntryExpression entry : map.getMapEntryExpressions()) {
            sum = plus(map, sum, mapPart(entry));
        }
        return sum;
    }

    private Expression mapPart(MapEntryExpression entry) {
        if (entry.getKeyExpression() instanceof SpreadMapExpression spread) {
            return transform(spread.getExpression());
        }
        var part = new MapExpression();
        part.addMapEntryExpression(transform(entry.getKeyExpression()), transform(entry.getValueExpression()));
        return part;
    }

    /** {@code f(*args)} becomes {@code invokeMethod('f', args as Object[])}. */
    private Expression spreadCall(MethodCallExpression call) {
        List<Expression> elements = new ArrayList<>();
        for (Expression argument : arguments(call)) {
            elements.add(
                    argument instanceof NamedArgumentListExpression named
                            ? new MapExpression(named.getMapEntryExpressions())
                            : argument);
        }
        Expression array = call(call, spreadList(elements, call), "toArray");
        var spread = new MethodCallExpression(
                transform(call.getObjectExpression()),
                "invokeMethod",
                new ArgumentListExpression(transform(call.getMethod()), array));
        spread.setImplicitThis(call.isImplicitThis());
        spread.setSafe(call.isSafe());
        return at(call, spread);
    }

    private static Expression call(ASTNode position, Expression target, String method) {
        var call = new MethodCallExpression(target, method, new ArgumentListExpression());
        call.setImplicitThis(false);
        return at(position, call);
    }

    private static Expression plus(ASTNode position, Expression left, Expression right) {
        Token plus = Token.newSymbol(Types.PLUS, position.getLineNumber(), position.getColumnNumber());
        return at(position, new BinaryExpression(left, plus, right));
    }

    private static <E extends ASTNode> E at(ASTNode position, E node) {
        node.setSourcePosition(position);
        return node;
    }
}
