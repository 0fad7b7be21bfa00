package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Fills the parameter from the request's query or form. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@Documented
@InjectedParameter(QueryParameter.HandlerImpl.class)
public @interface QueryParameter {
    String value() default "";

    boolean required() default false;

    boolean fixEmpty() default false;

    /** Reads the parameter. */
    class HandlerImpl extends AnnotationHandler<QueryParameter> {
        @Override
        public Object parse(StaplerRequest2 request, QueryParameter a, Class type, String parameterName)
                throws ServletException {
            String value = request.getParameter(a.value().isEmpty() ? parameterName : a.value());
            return a.fixEmpty() && value != null && value.isEmpty() ? null : value;
        }
    }
}
