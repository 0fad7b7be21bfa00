package io.mldelivery.rollout.machine;

import java.time.Instant;

/** The new version passed: all traffic to it, the old version drained and stopped, and last of all the alias. */
public record Promoting() implements RolloutState {
    @Override
    public String label() {
        return "promoting";
    }

    @Override
    public Transition next(Situation situation, Observation seen, Instant now) {
        return Guard.danger(situation, seen, now)
                .orElseGet(() -> situation.rehearsal() ? end(situation, seen, now) : advance(seen));
    }

    private static Transition end(Situation situation, Observation seen, Instant now) {
        return RollingBack.because(
                "this was a rehearsal, and its fault was not found: "
                        + seen.verdict().reason(),
                situation,
                seen,
                now);
    }

    private Transition advance(Observation seen) {
        if (!seen.weightIs(100)) {
            return Transition.to(this, new Effect.SetWeight(100));
        }
        if (!seen.stable().isAbsent()) {
            return Transition.to(this, new Effect.StopStable());
        }
        return seen.aliasMoved().orElse(false)
                ? Transition.to(new Promoted())
                : Transition.to(this, new Effect.MoveAlias());
    }
}
