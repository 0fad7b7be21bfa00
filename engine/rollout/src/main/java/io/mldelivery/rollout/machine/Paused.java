package io.mldelivery.rollout.machine;

import io.mldelivery.model.Outcome;
import java.time.Duration;
import java.time.Instant;

/**
 * Stays at a step's weight until somebody decides. A version that fails meanwhile is rolled back all the same.
 *
 * @param step the step's index, from 0
 * @param reason why it waits
 * @param since when it began to wait; a day later it is rolled back
 */
public record Paused(int step, String reason, Instant since) implements RolloutState {
    private static final Duration LONGEST = Duration.ofDays(1);

    @Override
    public String label() {
        return "paused";
    }

    @Override
    public Transition next(Situation situation, Observation seen, Instant now) {
        return Guard.danger(situation, seen, now).orElseGet(() -> {
            if (seen.asks(Command.PROMOTE) && seen.verdict().outcome() != Outcome.ERROR) {
                return forward(situation);
            }
            if (Duration.between(since, now).compareTo(LONGEST) > 0) {
                return RollingBack.because("nobody decided within a day: " + reason, situation, seen, now);
            }
            int weight = situation.step(step).weight();
            return Guard.repairs(situation, seen, weight)
                    .map(effect -> Transition.to(this, effect))
                    .orElse(Transition.to(this));
        });
    }

    private Transition forward(Situation situation) {
        return situation.isLast(step) ? Transition.to(new Promoting()) : Transition.to(new Shifting(step + 1));
    }
}
