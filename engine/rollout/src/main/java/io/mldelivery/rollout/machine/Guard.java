package io.mldelivery.rollout.machine;

import io.mldelivery.model.Outcome;
import java.time.Instant;
import java.util.Optional;

/** What must be looked at in every state in which the new version may have traffic. */
final class Guard {
    private Guard() {}

    static Optional<Transition> danger(Situation situation, Observation seen, Instant now) {
        return reason(seen).map(reason -> RollingBack.because(reason, situation, seen, now));
    }

    /** What to set right before anything else: the old version's process, and weights that somebody else changed. */
    static Optional<Effect> repairs(Situation situation, Observation seen, int weight) {
        if (situation.hasStable() && !seen.stable().isReady()) {
            return Optional.of(new Effect.EnsureStable());
        }
        return seen.weightIs(weight) ? Optional.empty() : Optional.of(new Effect.SetWeight(weight));
    }

    private static Optional<String> reason(Observation seen) {
        if (seen.candidate().isDead()) {
            return Optional.of(
                    "the new version's process ended: " + seen.candidate().detail());
        }
        return seen.verdict().outcome() == Outcome.FAIL
                ? Optional.of(seen.verdict().reason())
                : Optional.empty();
    }
}
