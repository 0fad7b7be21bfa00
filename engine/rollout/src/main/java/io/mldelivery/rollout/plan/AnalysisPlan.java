package io.mldelivery.rollout.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the new version is judged.
 *
 * @param interval time between two looks at the measurements
 * @param falseAlarms the most probability with which a version that meets all limits is rolled back, over the whole
 *     rollout and all checks together
 * @param minimumRequests what the new version must have answered before anything can pass
 * @param errors how long measuring may fail without a break before the rollout is rolled back
 * @param maximumRequests the most requests of the new version that the comparison of success rates can see; known, it allows
 *     a test with more power. 0: not known
 * @param predictions whether the distributions of what both versions predict are compared
 * @param feedback what labels that come later must say about the new version
 * @param metrics further metrics, each with its own source and rule
 * @param prometheus where the queries of {@code metrics} are asked
 */
public record AnalysisPlan(
        Duration interval,
        double falseAlarms,
        long minimumRequests,
        Duration errors,
        long maximumRequests,
        Optional<SuccessRateLimit> successRate,
        Optional<LatencyLimit> latency,
        Optional<PredictionLimit> predictions,
        Optional<FeedbackLimit> feedback,
        List<MetricPlan> metrics,
        Optional<PrometheusAccess> prometheus) {

    public AnalysisPlan {
        metrics = List.copyOf(metrics);
    }

    /** A plan that looks at success rate and latency alone. */
    public AnalysisPlan(
            Duration interval,
            double falseAlarms,
            long minimumRequests,
            Duration errors,
            Optional<SuccessRateLimit> successRate,
            Optional<LatencyLimit> latency) {
        this(
                interval,
                falseAlarms,
                minimumRequests,
                errors,
                0,
                successRate,
                latency,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
