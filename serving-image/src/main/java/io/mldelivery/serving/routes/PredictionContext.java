package io.mldelivery.serving.routes;

import io.mldelivery.serving.metrics.Metrics;
import java.time.Duration;

/**
 * What all predictions share: where they are counted, the faults on purpose, the timeout for requests that bring none, and
 * how many bytes compressed content may unpack to.
 */
public final class PredictionContext {

    private final RequestMetrics requests;
    private final Drill drill;
    private final Duration timeout;
    private final int mostBytes;

    public PredictionContext(Metrics metrics, Drill drill, Duration timeout, int mostBytes) {
        this.requests = new RequestMetrics(metrics);
        this.drill = drill;
        this.timeout = timeout;
        this.mostBytes = mostBytes;
    }

    RequestMetrics requests() {
        return requests;
    }

    Drill drill() {
        return drill;
    }

    Duration timeout() {
        return timeout;
    }

    int mostBytes() {
        return mostBytes;
    }
}
