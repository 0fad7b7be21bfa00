package io.mldelivery.runner.library;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Loads the libraries that {@code @Library} names before imports are resolved, and takes the annotation away. */
public final class LibraryAnnotations extends CompilationCustomizer {
    /** Loads one library, after it has told that it knows it. */
    public interface Loader {
        void load(String name, Runnable known) throws IOException;
    }

    private final Loader loader;
    private final Consumer<String> log;

    /** What goes wrong is logged, and is an error of the compilation. */
    public LibraryAnnotations(Loader loader, Consumer<String> log) {
        super(CompilePhase.CONVERSION);
        this.loader = loader;
        this.log = log;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        if (type.isScript()) {
            for (AnnotatedNode node : annotatable(source.getAST())) {
                take(node, source);
            }
        }
    }

    private static List<AnnotatedNode> annotatable(ModuleNode module) {
        List<AnnotatedNode> nodes = new ArrayList<>(module.getImports());
        nodes.addAll(module.getStarImports());
        nodes.addAll(module.getStaticImports().values());
        nodes.addAll(module.getStaticStarImports().values());
        nodes.addAll(module.getClasses());
        if (module.getPackage() != null) {
            nodes.add(module.getPackage());
        }
        for (Statement statement : module.getStatementBlock().getStatements()) {
            if (statement instanceof ExpressionStatement expression
                    && expression.getExpression() instanceof DeclarationExpression declaration) {
                nodes.add(declaration);
            }
        }
        return nodes;
    }

    private void take(AnnotatedNode node, SourceUnit source) {
        for (AnnotationNode annotation : new ArrayList<>(node.getAnnotations())) {
            if (annotation.getClassNode().getNameWithoutPackage().equals("Library")) {
                node.getAnnotations().remove(annotation);
                names(annotation.getMember("value")).forEach(name -> load(name, annotation, source));
            }
        }
    }

    private static List<String> names(Expression value) {
        List<String> names = new ArrayList<>();
        List<Expression> each = value instanceof ListExpression list ? list.getExpressions() : List.of(value);
        for (Expression one : each) {
            if (one instanceof ConstantExpression constant) {
                names.add(String.valueOf(constant.getValue()));
            }
        }
        return names;
    }

    private void load(String name, ASTNode where, SourceUnit source) {
        try {
            loader.load(name, () -> log.accept("Loading library " + name));
        } catch (IOException e) {
            log.accept("ERROR: " + e.getMessage());
            source.getErrorCollector()
                    .addErrorAndContinue(new SyntaxErrorMessage(
                            new SyntaxException(
                                    "Loading libraries failed", where.getLineNumber(), where.getColumnNumber()),
                            source));
        }
    }
}
