package io.mldelivery.serving.schedule;

/**
 * Bounds of a queue: jobs that may wait, rows computed together, how long the first of a batch waits for more, and
 * batches computed at once. Without {@code batchable} every request is computed alone. {@code adaptive} lets fewer
 * requests in when response times grow.
 */
public record QueueLimits(
        int queueSize, int batchSize, long batchDelayNanos, int workers, boolean batchable, boolean adaptive) {

    public QueueLimits {
        if (queueSize < 1 || batchSize < 1 || batchDelayNanos < 0 || workers < 1) {
            throw new IllegalArgumentException("Queue size, batch size and workers are at least 1, the delay 0");
        }
    }
}
