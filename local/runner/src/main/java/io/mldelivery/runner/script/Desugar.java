package io.mldelivery.runner.script;

import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Rewrites what groovy-cps 1.31 lacks or gets wrong, and what newer versions in Jenkins run right, into what it has:
 * spread in lists, maps and arguments, and the value of an assignment.
 */
final class Desugar extends CompilationCustomizer {
    Desugar() {
        super(CompilePhase.CONVERSION);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        if (type.isInterface()) {
            return;
        }
        var rewriter = new ExpressionRewriter(source);
        rewriter.visitClass(type);
        if (type.isScript()) {
            rewriter.visitScript(source.getAST().getStatementBlock());
        }
    }
}
