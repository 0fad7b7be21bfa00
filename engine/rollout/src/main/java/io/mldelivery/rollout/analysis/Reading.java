package io.mldelivery.rollout.analysis;

import java.util.OptionalDouble;

/**
 * One measurement of a metric of the plan.
 *
 * @param candidate the new version's value
 * @param stable the old version's value, where the metric is compared
 * @param error why there is no value; empty when there is one
 */
public record Reading(double candidate, OptionalDouble stable, String error) {
    public static Reading of(double candidate, OptionalDouble stable) {
        return new Reading(candidate, stable, "");
    }

    public static Reading failed(String error) {
        return new Reading(Double.NaN, OptionalDouble.empty(), error);
    }

    boolean isError() {
        return !error.isEmpty();
    }
}
