package io.mldelivery.runner.declarative;

import java.util.List;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Replaces a {@code pipeline} block at the top of a script, or of a method of a library, by a call of the global
 * {@code declarativePipeline} with the model of the block. What runs in the end stays closures.
 */
public final class Declarative extends CompilationCustomizer {
    /** The global variable that runs a model. */
    public static final String RUN = "declarativePipeline";

    public Declarative() {
        super(CompilePhase.CONVERSION);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        var problems = new Problems(source);
        if (type.isScript()) {
            rewrite(source.getAST().getStatementBlock(), problems);
        }
        for (MethodNode method : type.getMethods()) {
            if (method.getCode() instanceof BlockStatement body) {
                rewrite(body, problems);
            }
        }
    }

    private static void rewrite(BlockStatement body, Problems problems) {
        List<Statement> statements = body.getStatements();
        for (int i = 0; i < statements.size(); i++) {
            MethodCallExpression call = Ast.call(statements.get(i));
            if (call != null && call.getMethodAsString().equals("pipeline") && Ast.block(call) != null) {
                statements.set(i, replacement(call, problems));
            }
        }
    }

    private static Statement replacement(MethodCallExpression pipeline, Problems problems) {
        var model = new ModelParser(problems).pipeline(pipeline);
        var call = new MethodCallExpression(new VariableExpression("this"), RUN, new ArgumentListExpression(model));
        call.setImplicitThis(true);
        call.setSourcePosition(pipeline);
        var statement = new ExpressionStatement(call);
        statement.setSourcePosition(pipeline);
        return statement;
    }
}
