package io.mldelivery.runner.declarative;

import java.io.IOException;
import java.io.LineNumberReader;
import java.io.UncheckedIOException;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Collects what is wrong in a {@code pipeline} block, with line and column, as compilation errors. */
final class Problems {
    private final SourceUnit source;

    Problems(SourceUnit source) {
        this.source = source;
    }

    /** The text of a node within its first line. */
    String text(ASTNode node) {
        try (var lines = new LineNumberReader(source.getSource().getReader())) {
            String line = lines.readLine();
            while (line != null && lines.getLineNumber() < node.getLineNumber()) {
                line = lines.readLine();
            }
            if (line == null || node.getColumnNumber() > line.length()) {
                return node.getText();
            }
            boolean sameLine = node.getLastLineNumber() == node.getLineNumber();
            int end = sameLine ? Math.min(line.length(), node.getLastColumnNumber() - 1) : line.length();
            return line.substring(node.getColumnNumber() - 1, end).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(ASTNode where, String message) {
        source.getErrorCollector()
                .addErrorAndContinue(new SyntaxErrorMessage(
                        new SyntaxException(message, where.getLineNumber(), where.getColumnNumber()), source));
    }
}
