package io.mldelivery.rollout.machine;

import java.time.Instant;

/**
 * The old version serves alone, as before the rollout.
 *
 * @param reason why, with numbers
 * @param passed whether this was a mere comparison, and the new version passed it
 */
public record RolledBack(String reason, boolean passed) implements RolloutState {
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
