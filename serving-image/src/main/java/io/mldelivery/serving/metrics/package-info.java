/** Counters and histograms that cost nanoseconds, and their Prometheus text. */
package io.mldelivery.serving.metrics;
