package io.mldelivery.rollout.machine;

import java.time.Instant;

/**
 * Neither version could be brought to serve alone: somebody must look.
 *
 * @param reason what happened, with numbers
 */
public record Failed(String reason) implements RolloutState {
    @Override
    public String label() {
        return "failed";
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
