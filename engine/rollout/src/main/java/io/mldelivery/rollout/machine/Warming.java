package io.mldelivery.rollout.machine;

import java.time.Duration;
import java.time.Instant;

/**
 * The new version answers warm-up requests that no user waits for.
 *
 * @param since when warming began
 */
public record Warming(Instant since) implements RolloutState {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Override
    public String label() {
        return "warming";
    }

    @Override
    public Transition next(Situation situation, Observation seen, Instant now) {
        if (seen.candidate().isDead()) {
            return RollingBack.because(
                    "the new version ended while warming up: "
                            + seen.candidate().detail(),
                    situation,
                    seen,
                    now);
        }
        if (Duration.between(since, now).compareTo(LONGEST) > 0) {
            return RollingBack.because(
                    "warming up took longer than 5 minutes: " + seen.trouble().orElse("no answer"),
                    situation,
                    seen,
                    now);
        }
        return seen.warmed()
                ? Transition.to(
                        new Shifting(0), new Effect.SetWeight(situation.step(0).weight()))
                : Transition.to(this, new Effect.WarmCandidate());
    }
}
