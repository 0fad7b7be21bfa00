package io.mldelivery.rollout.plan;

import java.time.Duration;

/**
 * One weight and how long it is kept.
 *
 * @param weight the new version's share of the requests, 1 to 100 percent
 * @param pause stay at least this long; zero is allowed
 * @param requests stay until the new version has answered this many requests in this step; zero is allowed
 * @param manual stay until somebody promotes
 */
public record RolloutStep(int weight, Duration pause, long requests, boolean manual) {
    public RolloutStep {
        if (weight < 1 || weight > 100 || pause.isNegative() || requests < 0) {
            throw new IllegalArgumentException("not a step: " + weight + " %, " + pause + ", " + requests);
        }
    }
}
