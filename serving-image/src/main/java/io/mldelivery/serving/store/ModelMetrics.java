package io.mldelivery.serving.store;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.metrics.Histogram;
import io.mldelivery.serving.metrics.Labels;
import io.mldelivery.serving.metrics.Metrics;
import io.mldelivery.serving.model.ModelKey;
import io.mldelivery.serving.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Requests to one version: how many by status, how long from the whole request to the reply in seconds, and what was
 * predicted, so that a canary can be compared on its predictions too. Safe for any number of threads.
 */
public final class ModelMetrics {

    private static final double[] SECONDS = {
        .0005, .001, .0025, .005, .0075, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10
    };
    private static final double[] DECILES = {.1, .2, .3, .4, .5, .6, .7, .8, .9, 1};
    private static final int MOST_CLASSES = 50;

    private final Metrics metrics;
    private final Labels labels;
    private final Histogram seconds;
    private final Map<Integer, LongAdder> byCode = new ConcurrentHashMap<>();
    private final Map<ErrorCode, LongAdder> byFault = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> byClass = new ConcurrentHashMap<>();

    ModelMetrics(Metrics metrics, ModelKey key) {
        this.metrics = metrics;
        this.labels = Labels.of("model", key.name(), "version", key.version());
        this.seconds = metrics.nativeHistogram(
                "mldelivery_request_seconds", "Time from the whole request to the reply.", labels, SECONDS);
    }

    /** Counts a reply; where the request is part of a sampled trace, its time becomes an exemplar. */
    public void replied(int status, long nanos, Optional<String> traceId) {
        seconds.observe(nanos / 1e9, traceId);
        byCode.computeIfAbsent(status, this::statusCounter).increment();
    }

    /** Counts a fault by its code. */
    public void failed(ErrorCode code) {
        byFault.computeIfAbsent(code, this::faultCounter).increment();
    }

    private LongAdder faultCounter(ErrorCode code) {
        return metrics.counter(
                "mldelivery_errors_total", "Predictions that failed, by error code.", labels.and("error", code.name()));
    }

    private LongAdder statusCounter(int status) {
        return metrics.counter(
                "mldelivery_requests_total",
                "Predictions by HTTP status.",
                labels.and("code", Integer.toString(status)));
    }

    /** Counts classes (integer or string outputs of one value a row) and scores (the last column of a float output). */
    public void predicted(List<Tensor> outputs) {
        for (Tensor output : outputs) {
            boolean column = output.rank() == 1 || output.rank() == 2 && output.size(1) == 1;
            if (output.type().isFloating()) {
                scores(output);
            } else if (column) {
                classes(output);
            }
        }
    }

    private void classes(Tensor output) {
        for (int row = 0; row < output.rows(); row++) {
            String value = output.strings().isEmpty()
                    ? Long.toString((long) output.number(row))
                    : output.strings().get(row);
            String counted = byClass.containsKey(value) || byClass.size() < MOST_CLASSES ? value : "other";
            byClass.computeIfAbsent(counted, this::classCounter).increment();
        }
    }

    private LongAdder classCounter(String value) {
        return metrics.counter("mldelivery_predicted_classes_total", "Predicted classes.", labels.and("class", value));
    }

    private void scores(Tensor output) {
        if (output.rank() == 0 || output.rows() == 0) {
            return;
        }
        int width = Math.toIntExact(output.elements() / output.rows());
        if (width == 0) {
            return;
        }
        Histogram scores = metrics.histogram(
                "mldelivery_predicted_scores",
                "Last column of a float output: the probability of the last class.",
                labels.and("output", output.name()),
                DECILES);
        for (int row = 0; row < output.rows(); row++) {
            scores.observe(output.number((row + 1) * width - 1));
        }
    }
}
