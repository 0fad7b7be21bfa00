package io.mldelivery.rollout.machine;

import java.time.Instant;

/** The new version's process is being started; it gets no request yet. */
public record Preparing() implements RolloutState {
    @Override
    public String label() {
        return "preparing";
    }

    @Override
    public Transition next(Situation situation, Observation seen, Instant now) {
        if (seen.candidate().isDead()) {
            return RollingBack.because(
                    "the new version did not start: " + seen.candidate().detail(), situation, seen, now);
        }
        if (situation.hasStable() && !seen.stable().isReady()) {
            return Transition.to(this, new Effect.EnsureStable(), new Effect.StartCandidate());
        }
        return seen.candidate().isReady()
                ? Transition.to(new Warming(now), new Effect.WarmCandidate())
                : Transition.to(this, new Effect.StartCandidate());
    }
}
