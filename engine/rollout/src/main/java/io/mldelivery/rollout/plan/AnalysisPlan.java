package io.mldelivery.rollout.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * How the new version is judged.
 *
 * @param interval time between two looks at the measurements
 * @param falseAlarms the most probability with which a version that meets all limits is rolled back, over the whole
 *     rollout and all checks together
 * @param minimumRequests what the new version must have answered before anything can pass
 * @param errors how long measuring may fail without a break before the rollout is rolled back
 */
public record AnalysisPlan(
        Duration interval,
        double falseAlarms,
        long minimumRequests,
        Duration errors,
        Optional<SuccessRateLimit> successRate,
        Optional<LatencyLimit> latency) {}
