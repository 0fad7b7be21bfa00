/** Reads what serving processes and proxies tell about themselves. Start at {@link io.mldelivery.rollout.metrics.ServingMetrics}. */
package io.mldelivery.rollout.metrics;
