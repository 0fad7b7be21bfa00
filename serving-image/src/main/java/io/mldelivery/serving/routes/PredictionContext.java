package io.mldelivery.serving.routes;

import io.mldelivery.serving.log.PredictionLog;
import io.mldelivery.serving.metrics.Labels;
import io.mldelivery.serving.metrics.Metrics;
import io.mldelivery.serving.model.ModelKey;
import io.mldelivery.serving.trace.RequestTrace;
import io.mldelivery.serving.trace.Tracing;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/**
 * What all predictions share: where they are counted and logged, the faults on purpose, the timeout for requests that bring none, and
 * how many bytes compressed content may unpack to.
 */
public final class PredictionContext {

    private final Metrics metrics;
    private final Drill drill;
    private final Duration timeout;
    private final int mostBytes;
    private final Optional<PredictionLog> log;
    private final Optional<Tracing> tracing;

    public PredictionContext(
            Metrics metrics,
            Drill drill,
            Duration timeout,
            int mostBytes,
            Optional<PredictionLog> log,
            Optional<Tracing> tracing) {
        this.log = log;
        this.tracing = tracing;
        this.metrics = metrics;
        this.drill = drill;
        this.timeout = timeout;
        this.mostBytes = mostBytes;
    }

    /** Counts a request that reached no model. */
    void unrouted(int status) {
        metrics.counter(
                        "mldelivery_unrouted_requests_total",
                        "Prediction requests that reached no served model, by HTTP status.",
                        Labels.of("code", Integer.toString(status)))
                .increment();
    }

    Drill drill() {
        return drill;
    }

    Duration timeout() {
        return timeout;
    }

    Optional<PredictionLog> log() {
        return log;
    }

    int mostBytes() {
        return mostBytes;
    }

    /** The trace of a request; one that records nothing where tracing is off. */
    RequestTrace trace(HttpHeaders headers, ModelKey model) {
        return tracing.isEmpty() ? RequestTrace.NONE : tracing.get().begin(headers, model.name(), model.version());
    }
}
