package io.mldelivery.rollout.machine;

import java.time.Instant;

/**
 * The old version serves alone, as before the rollout.
 *
 * @param reason why, with numbers
 */
public record RolledBack(String reason) implements RolloutState {
    @Override
    public String label() {
        return "rolled-back";
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
