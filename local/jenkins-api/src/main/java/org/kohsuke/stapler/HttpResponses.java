package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Ready-made answers; those that are exceptions can be thrown. */
public class HttpResponses {
    /** An answer that can be thrown. */
    public abstract static class HttpResponseException extends RuntimeException implements HttpResponse {
        private static final long serialVersionUID = 1L;

        public HttpResponseException() {}

        public HttpResponseException(String message) {
            super(message);
        }

        public HttpResponseException(String message, Throwable cause) {
            super(message, cause);
        }

        public HttpResponseException(Throwable cause) {
            super(cause);
        }
    }

    public static HttpResponseException ok() {
        return status(200);
    }

    public static HttpResponseException notFound() {
        return status(404);
    }

    public static HttpResponseException forbidden() {
        return status(403);
    }

    public static HttpResponseException status(int code) {
        return new Status(code);
    }

    public static HttpResponseException error(int code, String errorMessage) {
        return error(code, new Exception(errorMessage));
    }

    public static HttpResponseException error(Throwable cause) {
        return error(500, cause);
    }

    public static HttpResponseException error(int code, Throwable cause) {
        return new Body(cause.getMessage(), cause, code, "text/plain;charset=UTF-8", stackTrace(cause));
    }

    public static HttpResponseException errorWithoutStack(int code, String errorMessage) {
        return new Body(errorMessage, null, code, "text/plain;charset=UTF-8", errorMessage);
    }

    public static HttpRedirect redirectTo(String url) {
        return new HttpRedirect(url);
    }

    public static HttpRedirect redirectTo(int statusCode, String url) {
        return new HttpRedirect(statusCode, url);
    }

    public static HttpResponse redirectToDot() {
        return new HttpRedirect(".");
    }

    public static HttpResponse literalHtml(String text) {
        return new Body(null, null, 200, "text/html;charset=UTF-8", text);
    }

    public static HttpResponse text(String text) {
        return new Body(null, null, 200, "text/plain;charset=UTF-8", text);
    }

    private static String stackTrace(Throwable cause) {
        StringWriter out = new StringWriter();
        cause.printStackTrace(new PrintWriter(out));
        return out.toString();
    }

    private static final class Status extends HttpResponseException {
        private static final long serialVersionUID = 1L;
        private final int code;

        Status(int code) {
            this.code = code;
        }

        @Override
        public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
                throws IOException, ServletException {
            rsp.setStatus(code);
        }
    }

    private static final class Body extends HttpResponseException {
        private static final long serialVersionUID = 1L;
        private final int code;
        private final String type;
        private final String text;

        Body(String message, Throwable cause, int code, String type, String text) {
            super(message, cause);
            this.code = code;
            this.type = type;
            this.text = text;
        }

        @Override
        public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
                throws IOException, ServletException {
            rsp.setStatus(code);
            rsp.setContentType(type);
            try (PrintWriter out = rsp.getWriter()) {
                out.print(text);
            }
        }
    }
}
