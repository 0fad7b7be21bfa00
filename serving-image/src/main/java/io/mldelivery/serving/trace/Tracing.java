package io.mldelivery.serving.trace;

import io.netty.handler.codec.http.HttpHeaders;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans of requests whose {@code traceparent} says that they are sampled to a collector, in batches, over OTLP. What
 * does not fit the queue is dropped: tracing never makes a prediction wait. Safe for any number of threads.
 */
public final class Tracing implements AutoCloseable {

    private static final TextMapGetter<HttpHeaders> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpHeaders headers) {
            return Set.copyOf(headers.names());
        }

        @Override
        public String get(HttpHeaders headers, String key) {
            return headers == null ? null : headers.get(key);
        }
    };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /** @param collector such as {@code http://collector:4318}; spans go to {@code /v1/traces} there */
    public Tracing(URI collector) {
        String address = collector.toString().replaceAll("/+$", "") + "/v1/traces";
        provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", "mldelivery-serving")
                        .put("service.version", "0.1.0")
                        .build()))
                .setSampler(Sampler.parentBased(Sampler.alwaysOff()))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(address)
                                .build())
                        .build())
                .build();
        tracer = provider.get("io.mldelivery.serving");
    }

    /** Begins the span of a request; one that is not recorded where the headers name no sampled trace. */
    public RequestTrace begin(HttpHeaders headers, String model, String version) {
        Context parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, GETTER);
        return new RequestTrace(tracer, parent, model, version);
    }

    /** Sends what is waiting. */
    @Override
    public void close() {
        provider.shutdown().join(5, TimeUnit.SECONDS);
    }
}
