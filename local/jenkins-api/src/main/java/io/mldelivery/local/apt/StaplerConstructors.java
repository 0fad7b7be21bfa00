package io.mldelivery.local.apt;

import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/** Writes Outer/Inner.stapler beside each class with a data-bound constructor: the names of its parameters, which forms bind by. */
@SupportedAnnotationTypes("org.kohsuke.stapler.DataBoundConstructor")
public final class StaplerConstructors extends AbstractProcessor {
    private final Set<TypeElement> written = new HashSet<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                check((ExecutableElement) element);
            }
        }
        return false;
    }

    private void check(ExecutableElement constructor) {
        TypeElement type = (TypeElement) constructor.getEnclosingElement();
        if (!constructor.getModifiers().contains(Modifier.PUBLIC)) {
            error("@DataBoundConstructor must be applied to a public constructor", constructor);
        } else if (type.getModifiers().contains(Modifier.ABSTRACT)) {
            error("@DataBoundConstructor may not be used on an abstract class", constructor);
        } else if (!written.add(type)) {
            error("a class may have one @DataBoundConstructor only", constructor);
        } else {
            write(type, constructor);
        }
    }

    private void write(TypeElement type, ExecutableElement constructor) {
        String file = type.getQualifiedName().toString().replace('.', '/') + ".stapler";
        String names = constructor.getParameters().stream()
                .map(VariableElement::getSimpleName)
                .collect(Collectors.joining(","));
        try (Writer out = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", file, constructor)
                .openWriter()) {
            out.write("constructor=" + names + "\n");
        } catch (IOException e) {
            error("cannot write " + file + ": " + e.getMessage(), constructor);
        }
    }

    private void error(String message, Element where) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, where);
    }
}
