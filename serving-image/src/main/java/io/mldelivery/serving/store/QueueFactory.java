package io.mldelivery.serving.store;

import io.mldelivery.serving.metrics.Labels;
import io.mldelivery.serving.metrics.Metrics;
import io.mldelivery.serving.model.LoadedModel;
import io.mldelivery.serving.model.ModelOptions;
import io.mldelivery.serving.schedule.ModelQueue;
import io.mldelivery.serving.schedule.QueueLimits;
import io.mldelivery.serving.schedule.QueueMetrics;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Makes the queue of a loaded model from the model's options. */
public final class QueueFactory {

    private static final double[] SECONDS = {.00001, .00005, .0001, .0005, .001, .005, .01, .05, .1, .5, 1, 5, 10};
    private static final double[] ROWS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096};

    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final Metrics metrics;

    public QueueFactory(Executor workers, ScheduledExecutorService timer, Metrics metrics) {
        this.workers = workers;
        this.timer = timer;
        this.metrics = metrics;
    }

    ModelQueue create(Labels labels, LoadedModel model) {
        ModelOptions options = model.options();
        QueueLimits limits = new QueueLimits(
                options.queueSize(),
                options.batchSize(),
                options.maxBatchDelay().toNanos(),
                options.workers().orElse(Runtime.getRuntime().availableProcessors()),
                model.signature().batchable(),
                options.adaptiveConcurrency());
        return new ModelQueue(limits, model::compute, workers, timer, queueMetrics(labels));
    }

    private QueueMetrics queueMetrics(Labels labels) {
        return new QueueMetrics(
                metrics.histogram("mldelivery_queue_wait_seconds", "Time in the queue.", labels, SECONDS),
                metrics.histogram("mldelivery_batch_rows", "Rows computed together.", labels, ROWS),
                metrics.histogram("mldelivery_compute_seconds", "Time a batch took in the engine.", labels, SECONDS));
    }
}
