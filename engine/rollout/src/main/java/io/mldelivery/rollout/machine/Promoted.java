package io.mldelivery.rollout.machine;

import java.time.Instant;

/** The new version serves alone and is the champion. */
public record Promoted() implements RolloutState {
    @Override
    public String label() {
        return "promoted";
    }

    @Override
    public boolean isFinal() {
        return true;
    }

    @Override
    public Transition next(Situation situation, Observation seen, Instant now) {
        return Transition.to(this);
    }
}
