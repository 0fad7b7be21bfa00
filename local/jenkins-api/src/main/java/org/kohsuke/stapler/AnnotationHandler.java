package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import java.lang.annotation.Annotation;

/** Finds the value of a web method's parameter. */
public abstract class AnnotationHandler<T extends Annotation> {
    public Object parse(StaplerRequest2 request, T a, Class type, String parameterName) throws ServletException {
        return null;
    }
}
