package io.mldelivery.rollout.machine;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.plan.Promotion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Stays at a step's weight until somebody decides, or until a time. A version that fails meanwhile is rolled back all the
 * same.
 *
 * @param step the step's index, from 0
 * @param reason why it waits
 * @param since when it began to wait
 * @param until from when on it goes on by itself, if the version passes then; empty: it waits for somebody, and a day later
 *     (or after the plan's patience) it is rolled back
 */
public record Paused(int step, String reason, Instant since, Optional<Instant> until) implements RolloutState {
    private static final Duration LONGEST = Duration.ofDays(1);

    public Paused {
        until = until == null ? Optional.empty() : until; // journals of older versions have no such field
    }

    static Paused until(Optional<Instant> until, int step, String reason, Instant now) {
        return new Paused(step, reason, now, until);
    }

    @Override
    public String label() {
        return "paused";
    }

    @Override
    public Transition next(Situation situation, Observation seen, Instant now) {
        return Guard.danger(situation, seen, now).orElseGet(() -> {
            if (goesOn(situation, seen, now)
                    && situation.plan().frozenUntil(now).isEmpty()) {
                return Forward.from(step, situation, seen, now);
            }
            if (now.isAfter(until.orElse(since).plus(patience(situation)))) {
                return RollingBack.because("nobody decided in time: " + reason, situation, seen, now);
            }
            int weight = situation.step(step).weight();
            return Guard.repairs(situation, seen, weight)
                    .map(effect -> Transition.to(this, effect))
                    .orElse(Transition.to(this));
        });
    }

    private boolean goesOn(Situation situation, Observation seen, Instant now) {
        if (situation.waitsForGroup(step)) {
            return seen.asks(Command.RELEASE) && seen.verdict().outcome() != Outcome.ERROR;
        }
        if (seen.asks(Command.PROMOTE) && seen.verdict().outcome() != Outcome.ERROR) {
            return true;
        }
        return until.filter(time -> !now.isBefore(time)).isPresent()
                && seen.verdict().outcome() == Outcome.PASS;
    }

    private static Duration patience(Situation situation) {
        Promotion promotion = situation.plan().promotion();
        return promotion.kind() == Promotion.Kind.MANUAL ? promotion.patience() : LONGEST;
    }
}
