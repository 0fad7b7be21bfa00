package io.mldelivery.serving.routes;

import io.mldelivery.serving.metrics.Histogram;
import io.mldelivery.serving.metrics.Labels;
import io.mldelivery.serving.metrics.Metrics;
import io.mldelivery.serving.model.ModelKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Requests by model, version and status, and their latency in seconds from the whole request to the reply. */
final class RequestMetrics {

    private static final double[] SECONDS = {
        .0005, .001, .0025, .005, .0075, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10
    };

    private final Metrics metrics;
    private final Map<ModelKey, Series> series = new ConcurrentHashMap<>();

    RequestMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    private record Series(Labels labels, Histogram seconds, Map<Integer, LongAdder> byCode) {}

    void observe(ModelKey key, int code, long nanos) {
        Series of = series.computeIfAbsent(key, this::series);
        of.seconds().observe(nanos / 1e9);
        of.byCode().computeIfAbsent(code, status -> counter(of.labels(), status)).increment();
    }

    private Series series(ModelKey key) {
        Labels labels = Labels.of("model", key.name(), "version", key.version());
        Histogram seconds = metrics.histogram(
                "mldelivery_request_seconds", "Time from the whole request to the reply.", labels, SECONDS);
        return new Series(labels, seconds, new ConcurrentHashMap<>());
    }

    private LongAdder counter(Labels labels, int status) {
        return metrics.counter(
                "mldelivery_requests_total",
                "Predictions by HTTP status.",
                labels.and("code", Integer.toString(status)));
    }

    /** A request that reached no model. */
    void observeUnknown(int code) {
        metrics.counter(
                        "mldelivery_unrouted_requests_total",
                        "Prediction requests that reached no served model, by HTTP status.",
                        Labels.of("code", Integer.toString(code)))
                .increment();
    }

    void forget(ModelKey key) {
        series.remove(key);
    }
}
