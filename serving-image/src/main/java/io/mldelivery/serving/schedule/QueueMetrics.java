package io.mldelivery.serving.schedule;

import io.mldelivery.serving.metrics.Histogram;

/** Where a queue tells how long jobs waited (seconds), how many rows were computed together, and how long that took. */
public record QueueMetrics(Histogram waitSeconds, Histogram batchRows, Histogram computeSeconds) {}
