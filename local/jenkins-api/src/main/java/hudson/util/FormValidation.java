package hudson.util;

import hudson.Util;
import hudson.model.Descriptor;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** What a form shows beside a field. */
public abstract class FormValidation extends IOException implements HttpResponse {
    private static final long serialVersionUID = 1L;

    /** How bad it is. */
    public enum Kind {
        OK,
        WARNING,
        ERROR
    }

    public final Kind kind;

    private FormValidation(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public static FormValidation ok() {
        return respond(Kind.OK, "<div/>");
    }

    public static FormValidation ok(String message) {
        return okWithMarkup(Util.escape(message));
    }

    public static FormValidation ok(String format, Object... args) {
        return ok(String.format(format, args));
    }

    public static FormValidation warning(String message) {
        return warningWithMarkup(Util.escape(message));
    }

    public static FormValidation warning(String format, Object... args) {
        return warning(String.format(format, args));
    }

    public static FormValidation warning(Throwable e, String message) {
        return warning(message + ": " + e.getMessage());
    }

    public static FormValidation error(String message) {
        return errorWithMarkup(Util.escape(message));
    }

    public static FormValidation error(String format, Object... args) {
        return error(String.format(format, args));
    }

    public static FormValidation error(Throwable e, String message) {
        return error(message + ": " + e.getMessage());
    }

    public static FormValidation error(Throwable e, String format, Object... args) {
        return error(e, String.format(format, args));
    }

    public static FormValidation errorWithMarkup(String message) {
        return of(Kind.ERROR, message);
    }

    public static FormValidation warningWithMarkup(String message) {
        return of(Kind.WARNING, message);
    }

    public static FormValidation okWithMarkup(String message) {
        return of(Kind.OK, message);
    }

    private static FormValidation of(Kind kind, String message) {
        return message == null
                ? ok()
                : new Markup(
                        kind,
                        message,
                        "<div class=" + kind.name().toLowerCase(Locale.ENGLISH) + ">" + message + "</div>");
    }

    public static FormValidation respond(Kind kind, String html) {
        return new Markup(kind, null, html);
    }

    /** The worst kind, with all messages. */
    public static FormValidation aggregate(Collection<FormValidation> validations) {
        if (validations == null || validations.isEmpty()) {
            return ok();
        }
        Kind worst = Kind.OK;
        StringBuilder html = new StringBuilder("<ul style='list-style-type: none; padding-left: 0; margin: 0'>");
        for (FormValidation validation : validations) {
            html.append("<li>").append(validation.renderHtml()).append("</li>");
            worst = validation.kind.ordinal() > worst.ordinal() ? validation.kind : worst;
        }
        return respond(worst, html.append("</ul>").toString());
    }

    public static FormValidation validateRequired(String value) {
        return Util.fixEmptyAndTrim(value) == null ? error("This field is required") : ok();
    }

    public static FormValidation validateNonNegativeInteger(String value) {
        return validateIntegerInRange(value, 0, Integer.MAX_VALUE);
    }

    public static FormValidation validatePositiveInteger(String value) {
        return validateIntegerInRange(value, 1, Integer.MAX_VALUE);
    }

    public static FormValidation validateIntegerInRange(String value, int lower, int upper) {
        try {
            int number = Integer.parseInt(value);
            return number < lower || number > upper ? error("Not an integer in range: " + lower + "-" + upper) : ok();
        } catch (NumberFormatException e) {
            return error("Not an integer");
        }
    }

    public abstract String renderHtml();

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
            throws IOException, ServletException {
        rsp.setContentType("text/html;charset=UTF-8");
        rsp.getWriter().print(renderHtml());
    }

    @Override
    public String toString() {
        return kind + ": " + getMessage();
    }

    private static final class Markup extends FormValidation {
        private static final long serialVersionUID = 1L;
        private final String html;

        Markup(Kind kind, String message, String html) {
            super(kind, message);
            this.html = html;
        }

        @Override
        public String renderHtml() {
            return html;
        }
    }

    /** The check method of one field. */
    public static class CheckMethod {
        private final Descriptor descriptor;
        private final String fieldName;

        public CheckMethod(Descriptor descriptor, String fieldName) {
            this.descriptor = descriptor;
            this.fieldName = fieldName;
        }

        public String toStemUrl() {
            return descriptor.getDescriptorUrl() + "/check" + Character.toUpperCase(fieldName.charAt(0))
                    + fieldName.substring(1);
        }
    }
}
