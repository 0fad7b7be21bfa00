package io.mldelivery.rollout.machine;

import io.mldelivery.rollout.plan.RolloutPlan;
import io.mldelivery.rollout.plan.RolloutStep;
import java.time.Duration;
import java.time.Instant;

/**
 * What does not change during a rollout.
 *
 * @param hasStable whether there is an old version to go back to
 * @param rehearsal whether the new version's server injects a fault: it must never be promoted
 * @param startedAt when the rollout began, pauses not counted
 */
public record Situation(RolloutPlan plan, boolean hasStable, boolean rehearsal, Instant startedAt) {
    RolloutStep step(int index) {
        return plan.steps().get(index);
    }

    boolean isLast(int index) {
        return index == plan.steps().size() - 1;
    }

    boolean deadlinePassed(Instant now) {
        return Duration.between(startedAt, now).compareTo(plan.deadline()) >= 0;
    }

    String deadline() {
        return plan.deadline().toMillis() / 1000.0 + " s";
    }
}
