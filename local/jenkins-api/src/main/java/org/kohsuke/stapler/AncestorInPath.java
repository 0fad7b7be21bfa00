package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Fills the parameter with the nearest object of its type on the URL's path. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@Documented
@InjectedParameter(AncestorInPath.HandlerImpl.class)
public @interface AncestorInPath {
    /** Looks the object up. */
    class HandlerImpl extends AnnotationHandler<AncestorInPath> {
        @Override
        @SuppressWarnings("unchecked")
        public Object parse(StaplerRequest2 request, AncestorInPath a, Class type, String parameterName)
                throws ServletException {
            return request.findAncestorObject(type);
        }
    }
}
