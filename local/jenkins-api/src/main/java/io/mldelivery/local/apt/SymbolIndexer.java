package io.mldelivery.local.apt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;

/**
 * Lists the classes with {@code @Symbol}, one binary name a line, where Jenkins' annotation indexer reads them: below
 * META-INF/annotations, and META-INF/services/annotations for older readers.
 */
@SupportedAnnotationTypes("org.jenkinsci.Symbol")
public final class SymbolIndexer extends AbstractProcessor {
    private final SortedSet<String> names = new TreeSet<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                names.add(processingEnv
                        .getElementUtils()
                        .getBinaryName((TypeElement) element)
                        .toString());
            }
        }
        if (round.processingOver() && !names.isEmpty()) {
            List.of("META-INF/annotations/", "META-INF/services/annotations/").forEach(this::write);
        }
        return false;
    }

    private void write(String folder) {
        try (Writer out = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", folder + "org.jenkinsci.Symbol")
                .openWriter()) {
            for (String name : names) {
                out.write(name + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the index of @Symbol", e);
        }
    }
}
