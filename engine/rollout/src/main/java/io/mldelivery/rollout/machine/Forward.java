package io.mldelivery.rollout.machine;

import io.mldelivery.rollout.plan.Strategy;
import java.time.Instant;
import java.util.Optional;

/** What follows a step that has passed: the next one, promotion, the end of a comparison, or the end of a freeze. */
final class Forward {
    private Forward() {}

    static Transition from(int step, Situation situation, Observation seen, Instant now) {
        Optional<Instant> frozen = situation.plan().frozenUntil(now);
        if (frozen.isPresent()) {
            return Transition.to(Paused.until(frozen, step, "passed; changes are frozen until " + frozen.get(), now));
        }
        if (situation.waitsForGroup(step) && !seen.asks(Command.RELEASE)) {
            return Transition.to(Paused.until(Optional.empty(), step, "passed; waits for the rest of its group", now));
        }
        if (!situation.isLast(step)) {
            return Transition.to(
                    new Shifting(step + 1),
                    new Effect.SetWeight(situation.step(step + 1).weight()));
        }
        return situation.plan().strategy() == Strategy.SHADOW
                ? RollingBack.compared(seen.verdict().reason(), situation, seen, now)
                : Transition.to(new Promoting());
    }
}
