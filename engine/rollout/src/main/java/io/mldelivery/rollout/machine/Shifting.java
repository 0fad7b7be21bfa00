package io.mldelivery.rollout.machine;

import java.time.Instant;

/**
 * The router is being told a step's weight.
 *
 * @param step the step's index, from 0
 */
public record Shifting(int step) implements RolloutState {
    @Override
    public String label() {
        return "shifting";
    }

    @Override
    public Transition next(Situation situation, Observation seen, Instant now) {
        return Guard.danger(situation, seen, now).orElseGet(() -> {
            int weight = situation.step(step).weight();
            return seen.weightIs(weight)
                    ? Transition.to(new Observing(step, now, seen.requests(), java.util.Optional.empty()))
                    : Transition.to(this, new Effect.SetWeight(weight));
        });
    }
}
