package io.mldelivery.rollout.machine;

import java.time.Instant;

/**
 * The rules of a rollout. Whatever is observed, in whatever order, with restarts in between: weights are set only to
 * values of the plan, 0 or 100; traffic leaves a version that failed; an abort is followed from every state; every
 * rollout ends.
 *
 * <p>Pure and free of side effects: the caller performs the effects and observes again.
 */
public final class RolloutMachine {
    private final Situation situation;

    public RolloutMachine(Situation situation) {
        this.situation = situation;
    }

    /** Where every rollout begins. */
    public static RolloutState initial() {
        return new Preparing();
    }

    /** What follows from this state and observation; a final state is followed by itself, without effects. */
    public Transition next(RolloutState state, Observation seen, Instant now) {
        if (state.isFinal() || state instanceof RollingBack) {
            return state.next(situation, seen, now);
        }
        if (seen.asks(Command.ABORT)) {
            return RollingBack.because("aborted by request", situation, seen, now);
        }
        if (situation.deadlinePassed(now) && !(state instanceof Paused)) {
            return RollingBack.because(late(seen), situation, seen, now);
        }
        return state.next(situation, seen, now);
    }

    private String late(Observation seen) {
        String because = seen.trouble().orElse(seen.verdict().reason());
        return "not promoted within the deadline of " + situation.deadline() + ": " + because;
    }
}
