package io.mldelivery.rollout.machine;

import io.mldelivery.rollout.plan.RolloutPlan;
import io.mldelivery.rollout.plan.RolloutStep;
import io.mldelivery.rollout.plan.Strategy;
import java.time.Duration;
import java.time.Instant;

/**
 * What does not change during a rollout.
 *
 * @param hasStable whether there is an old version to go back to
 * @param rehearsal whether the new version's server injects a fault: it must never be promoted
 * @param startedAt when the rollout began, pauses not counted
 * @param grouped whether it is promoted together with others, when all have passed
 */
public record Situation(RolloutPlan plan, boolean hasStable, boolean rehearsal, Instant startedAt, boolean grouped) {
    /** A rollout of its own. */
    public Situation(RolloutPlan plan, boolean hasStable, boolean rehearsal, Instant startedAt) {
        this(plan, hasStable, rehearsal, startedAt, false);
    }

    /** Whether a rollout at this step waits for its group, once it has passed. */
    public boolean waitsForGroup(int step) {
        return grouped && isLast(step) && plan.strategy() != Strategy.SHADOW;
    }

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
