package io.mldelivery.serving.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Optional;

/**
 * The span of one request, and one for each of its parts: reading the body, waiting and computing, writing the reply. The
 * parts follow one another, perhaps on different threads.
 */
public final class RequestTrace {

    /** For requests that are not traced. */
    public static final RequestTrace NONE = new RequestTrace();

    private final Tracer tracer;
    private final Span span;
    private final Context context;
    private Span part = Span.getInvalid();

    private RequestTrace() {
        tracer = null;
        span = Span.getInvalid();
        context = Context.root();
    }

    RequestTrace(Tracer tracer, Context parent, String model, String version) {
        this.tracer = tracer;
        this.span = tracer.spanBuilder("predict " + model)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("mldelivery.model.name", model)
                .setAttribute("mldelivery.model.version", version)
                .startSpan();
        this.context = parent.with(span);
    }

    /** Ends the part before and begins another. */
    public void part(String name) {
        if (span.isRecording()) {
            part.end();
            part = tracer.spanBuilder(name).setParent(context).startSpan();
        }
    }

    /** The id of the trace, in hexadecimal digits; absent where this request is not sampled. */
    public Optional<String> sampledId() {
        SpanContext known = span.getSpanContext();
        return known.isSampled() ? Optional.of(known.getTraceId()) : Optional.empty();
    }

    /** Ends all. */
    public void end(int status) {
        if (span.isRecording()) {
            part.end();
            span.setAttribute("http.response.status_code", status);
            if (status >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }
}
