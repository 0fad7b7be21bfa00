package io.mldelivery.rollout.control;

import io.mldelivery.rollout.plan.Assignment;
import io.mldelivery.rollout.plan.RolloutPlan;
import io.mldelivery.rollout.plan.Strategy;
import java.util.Optional;

/**
 * How requests are divided between the new version and the old one.
 *
 * @param percent of what kind says, 0 to 100
 * @param assignment who gets the new version; only for {@code ASSIGNED}
 */
public record Split(Kind kind, int percent, Optional<Assignment> assignment) {
    /** What the percentage is of. */
    public enum Kind {
        /** Requests that the new version answers, the old one the rest. */
        WEIGHTED,
        /** Requests of which the new version gets a copy; the old one answers all. */
        MIRRORED,
        /** Keys (of users) whose requests the new version answers; without a hash, what matches, whatever share that is. */
        ASSIGNED
    }

    /** Of all requests, so many percent to the new version. */
    public static Split weighted(int percent) {
        return new Split(Kind.WEIGHTED, percent, Optional.empty());
    }

    /** What a weight of the machine means in this plan: nothing and everything mean the same in all. */
    static Split of(RolloutPlan plan, int percent) {
        if (percent == 0 || kind(plan) == Kind.WEIGHTED || percent == 100 && plan.strategy() != Strategy.SHADOW) {
            return weighted(percent);
        }
        return new Split(kind(plan), percent, plan.assignment());
    }

    static Kind kind(RolloutPlan plan) {
        return switch (plan.strategy()) {
            case SHADOW -> Kind.MIRRORED;
            case AB -> Kind.ASSIGNED;
            case CANARY, ROLLING, BLUE_GREEN -> Kind.WEIGHTED;
        };
    }

    /** The share of the answers that is the new version's, as far as it can be told. */
    public int answers() {
        return kind == Kind.MIRRORED ? 0 : percent;
    }
}
