package io.mldelivery.rollout.plan;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the response times must be.
 *
 * @param quantile the quantile that {@code max} limits, between 0 and 1, such as 0.99
 * @param max the longest time of that quantile; empty: no absolute limit
 * @param ratio how many times slower than the old version the new one may be, at least 1; empty: not compared
 * @param meanMax the longest mean time; empty: no absolute limit
 * @param meanRatio how many times the old version's mean the new one's may be, at least 1; empty: not compared
 */
public record LatencyLimit(
        double quantile,
        Optional<Duration> max,
        OptionalDouble ratio,
        Optional<Duration> meanMax,
        OptionalDouble meanRatio) {
    /** Limits on a quantile alone. */
    public LatencyLimit(double quantile, Optional<Duration> max, OptionalDouble ratio) {
        this(quantile, max, ratio, Optional.empty(), OptionalDouble.empty());
    }

    boolean limitsNothing() {
        return max.isEmpty() && ratio.isEmpty() && meanMax.isEmpty() && meanRatio.isEmpty();
    }
}
