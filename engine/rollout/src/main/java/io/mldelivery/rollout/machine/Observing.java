package io.mldelivery.rollout.machine;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.plan.OnInconclusive;
import io.mldelivery.rollout.plan.Promotion;
import io.mldelivery.rollout.plan.RolloutStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A step's weight is set; the new version is being measured.
 *
 * @param step the step's index, from 0
 * @param since when the weight was first seen set
 * @param requestsBefore what the new version had answered then
 * @param blindSince since when measuring fails without a break
 */
public record Observing(int step, Instant since, long requestsBefore, Optional<Instant> blindSince)
        implements RolloutState {
    @Override
    public String label() {
        return "observing";
    }

    @Override
    public Transition next(Situation situation, Observation seen, Instant now) {
        return Guard.danger(situation, seen, now).orElseGet(() -> {
            Optional<Effect> repair =
                    Guard.repairs(situation, seen, situation.step(step).weight());
            if (repair.isPresent()) {
                return Transition.to(this, repair.get());
            }
            return seen.verdict().outcome() == Outcome.ERROR
                    ? blind(situation, seen, now)
                    : seeing(situation, seen, now);
        });
    }

    private Transition blind(Situation situation, Observation seen, Instant now) {
        Instant start = blindSince.orElse(now);
        Duration length = Duration.between(start, now);
        if (length.compareTo(situation.plan().analysis().errors()) >= 0) {
            String reason = "could not measure for " + length.toSeconds() + " s: "
                    + seen.verdict().reason();
            return RollingBack.because(reason, situation, seen, now);
        }
        return Transition.to(new Observing(step, since, requestsBefore, Optional.of(start)));
    }

    private Transition seeing(Situation situation, Observation seen, Instant now) {
        var sighted = new Observing(step, since, requestsBefore, Optional.empty());
        if (situation.step(step).manual() && served(situation, seen, now)) {
            return Transition.to(
                    Paused.until(Optional.empty(), step, "the plan asks for a decision at this step", now));
        }
        if (seen.verdict().outcome() == Outcome.PASS && (seen.asks(Command.PROMOTE) || served(situation, seen, now))) {
            return sighted.passed(situation, seen, now);
        }
        return pausesNow(situation, seen, now)
                ? Transition.to(
                        Paused.until(Optional.empty(), step, seen.verdict().reason(), now))
                : Transition.to(sighted);
    }

    /** Whether the step has lasted as long as the plan wants. */
    private boolean served(Situation situation, Observation seen, Instant now) {
        RolloutStep asked = situation.step(step);
        Duration pause =
                situation.isLast(step) ? asked.pause().plus(situation.plan().bake()) : asked.pause();
        return Duration.between(since, now).compareTo(pause) >= 0
                && seen.requests() - requestsBefore >= asked.requests();
    }

    /** Half of the whole deadline spent in one step without a decision: time to ask somebody, if the plan wants that. */
    private boolean pausesNow(Situation situation, Observation seen, Instant now) {
        Duration patience = situation.plan().deadline().dividedBy(2);
        return situation.plan().onInconclusive() == OnInconclusive.PAUSE
                && seen.verdict().outcome() == Outcome.INCONCLUSIVE
                && Duration.between(since, now).compareTo(patience) >= 0;
    }

    private Transition passed(Situation situation, Observation seen, Instant now) {
        boolean asks = situation.isLast(step) && !seen.asks(Command.PROMOTE);
        Promotion promotion = situation.plan().promotion();
        if (asks && promotion.kind() == Promotion.Kind.MANUAL) {
            return Transition.to(
                    Paused.until(Optional.empty(), step, "passed; the plan asks for a decision to promote", now));
        }
        if (asks && promotion.kind() == Promotion.Kind.TIMED) {
            Instant then = now.plus(promotion.patience());
            return Transition.to(
                    Paused.until(Optional.of(then), step, "passed; promoted at " + then + " unless aborted", now));
        }
        return Forward.from(step, situation, seen, now);
    }
}
