package io.mldelivery.registry;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A run as the tracking server knows it.
 *
 * @param endedAt absent while the run goes on
 * @param metrics the latest value of each metric; NaN and infinities are possible
 * @param artifactUri where the run's artifacts lie, such as {@code mlflow-artifacts:/1/<run>/artifacts}
 */
public record TrackedRun(
        String runId,
        String experimentId,
        String name,
        RunStatus status,
        Instant startedAt,
        Optional<Instant> endedAt,
        Map<String, String> parameters,
        Map<String, Double> metrics,
        Map<String, String> tags,
        String artifactUri) {
    public TrackedRun {
        parameters = Map.copyOf(parameters);
        metrics = Map.copyOf(metrics);
        tags = Map.copyOf(tags);
    }
}
