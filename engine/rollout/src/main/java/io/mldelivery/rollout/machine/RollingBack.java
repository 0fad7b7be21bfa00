package io.mldelivery.rollout.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * On the way back to the old version: traffic first, then the alias, then the new version's process.
 *
 * @param reason why, with numbers
 * @param since when it was decided
 * @param passed whether the new version goes away because a mere comparison has passed
 */
public record RollingBack(String reason, Instant since, boolean passed) implements RolloutState {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** The decision itself already carries the first effect: no time is lost between verdict and weight. */
    static Transition because(String reason, Situation situation, Observation seen, Instant now) {
        return new RollingBack(reason, now, false).next(situation, seen, now);
    }

    /** The new version was compared, passed, and goes away as planned. */
    static Transition compared(String reason, Situation situation, Observation seen, Instant now) {
        return new RollingBack(reason, now, true).next(situation, seen, now);
    }

    @Override
    public String label() {
        return "rolling-back";
    }

    @Override
    public Transition next(Situation situation, Observation seen, Instant now) {
        Duration longest = longest(situation.plan().drain());
        if (Duration.between(since, now).compareTo(longest) > 0) {
            return Transition.to(new Failed(reason + "; going back was not possible within " + longest.toMinutes()
                    + " minutes: " + seen.trouble().orElse("the target does not follow")));
        }
        Optional<Effect> effect = situation.hasStable() ? towardsStable(seen) : towardsNothing(seen);
        return effect.map(necessary -> Transition.to(this, necessary))
                .orElseGet(() -> Transition.to(new RolledBack(reason, passed)));
    }

    /** Ending well may take the whole drain. */
    private static Duration longest(Duration drain) {
        Duration drained = drain.plusMinutes(5);
        return drained.compareTo(LONGEST) > 0 ? drained : LONGEST;
    }

    private static Optional<Effect> towardsStable(Observation seen) {
        if (!seen.stable().isReady()) {
            return Optional.of(new Effect.EnsureStable());
        }
        if (!seen.weightIs(0)) {
            return Optional.of(new Effect.SetWeight(0));
        }
        if (!seen.aliasMoved().map(moved -> !moved).orElse(false)) {
            return Optional.of(new Effect.RestoreAlias());
        }
        return seen.candidate().isAbsent() ? Optional.empty() : Optional.of(new Effect.StopCandidate());
    }

    private static Optional<Effect> towardsNothing(Observation seen) {
        if (!seen.weightIs(0)) {
            return Optional.of(new Effect.SetWeight(0));
        }
        if (!seen.aliasMoved().map(moved -> !moved).orElse(false)) {
            return Optional.of(new Effect.RestoreAlias());
        }
        return seen.candidate().isAbsent() ? Optional.empty() : Optional.of(new Effect.StopCandidate());
    }
}
