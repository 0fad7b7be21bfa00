package io.mldelivery.rollout.machine;

import java.util.List;

/**
 * What to do now and where that leads.
 *
 * @param effects to be performed in this order; after the first that fails the rest is left out
 */
public record Transition(RolloutState state, List<Effect> effects) {
    public Transition {
        effects = List.copyOf(effects);
    }

    static Transition to(RolloutState state, Effect... effects) {
        return new Transition(state, List.of(effects));
    }
}
