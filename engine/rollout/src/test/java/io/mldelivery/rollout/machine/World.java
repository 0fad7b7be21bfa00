package io.mldelivery.rollout.machine;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.analysis.Verdict;
import io.mldelivery.rollout.plan.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A target in memory that does what effects ask, unless told to fail, and remembers every weight. */
final class World {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final String PLAN = """
            steps:
            - {weight: 10, requests: 5}
            - {weight: 50, requests: 5}
            - {weight: 100, requests: 5}
            analysis: {successRate: {min: 0.9}, minimumRequests: 1, errors: 3s, interval: 1s}
            deadline: 60s
            """;

    /** What can happen to a rollout from outside in one tick. */
    enum Happening {
        PASS,
        FAIL,
        INCONCLUSIVE,
        ERROR,
        EFFECT_FAILS,
        CRASH_BETWEEN_SAVE_AND_EFFECT,
        CRASH_AFTER_EFFECT,
        NEW_VERSION_DIES,
        OLD_VERSION_DIES,
        WEIGHT_IS_CHANGED_BY_HAND,
        ROUTER_UNREADABLE,
        PROMOTE,
        RELEASE,
        ABORT
    }

    final RolloutPlan plan = RolloutPlan.parse("plan", PLAN);
    final RolloutMachine machine;
    final boolean hasStable;
    final boolean grouped;
    RolloutState state = RolloutMachine.initial();
    Instant now = START;
    Instance candidate = Instance.absent();
    Instance stable;
    int weight;
    boolean warmed;
    boolean alias;
    long requests;
    boolean sawFail;
    boolean aborted;
    boolean released;
    final List<Integer> weights = new ArrayList<>();
    private Optional<String> trouble = Optional.empty();

    World(boolean hasStable) {
        this(hasStable, false);
    }

    World(boolean hasStable, boolean grouped) {
        this.hasStable = hasStable;
        this.grouped = grouped;
        this.stable = hasStable ? Instance.ready() : Instance.absent();
        this.machine = new RolloutMachine(
                new Situation(hasStable ? plan : plan.firstVersion(), hasStable, false, START, grouped));
    }

    World copy() {
        var copy = new World(hasStable, grouped);
        copy.state = state;
        copy.now = now;
        copy.candidate = candidate;
        copy.stable = stable;
        copy.weight = weight;
        copy.warmed = warmed;
        copy.alias = alias;
        copy.requests = requests;
        copy.sawFail = sawFail;
        copy.aborted = aborted;
        copy.released = released;
        copy.trouble = trouble;
        copy.weights.addAll(weights);
        return copy;
    }

    /** All that decides about the future, apart from the clock. */
    String fingerprint() {
        return state.label()
                + (state instanceof Observing o
                        ? o.step() + "," + o.blindSince().isPresent()
                        : "")
                + (state instanceof Shifting s ? s.step() : "")
                + (state instanceof Paused p ? p.step() : "")
                + candidate.phase()
                + stable.phase()
                + weight
                + warmed
                + alias
                + sawFail
                + aborted
                + released
                + trouble.isPresent();
    }

    /** One tick of the controller in which this happens. */
    Transition tick(Happening happening) {
        now = now.plus(Duration.ofSeconds(1));
        requests += 10;
        happens(happening);
        Observation seen = observe(happening);
        Transition transition = machine.next(state, seen, now);
        if (seen.verdict().outcome() == Outcome.FAIL && !state.isFinal() && watches(state)) {
            sawFail = true;
        }
        aborted |= seen.asks(Command.ABORT) && !state.isFinal();
        released |= seen.asks(Command.RELEASE);
        state = transition.state();
        perform(transition, happening);
        return transition;
    }

    static boolean watches(RolloutState state) {
        return state instanceof Shifting
                || state instanceof Observing
                || state instanceof Paused
                || state instanceof Promoting;
    }

    private void happens(Happening happening) {
        switch (happening) {
            case NEW_VERSION_DIES -> candidate = candidate.isAbsent() ? candidate : Instance.dead("killed");
            case OLD_VERSION_DIES -> stable = stable.isAbsent() ? stable : Instance.dead("killed");
            case WEIGHT_IS_CHANGED_BY_HAND -> weight = hasStable ? 37 : weight;
            default -> {}
        }
    }

    private Observation observe(Happening happening) {
        Outcome outcome = switch (happening) {
            case FAIL -> Outcome.FAIL;
            case INCONCLUSIVE -> Outcome.INCONCLUSIVE;
            case ERROR -> Outcome.ERROR;
            default -> Outcome.PASS;
        };
        Optional<Command> command = switch (happening) {
            case PROMOTE -> Optional.of(Command.PROMOTE);
            case RELEASE -> Optional.of(Command.RELEASE);
            case ABORT -> Optional.of(Command.ABORT);
            default -> Optional.empty();
        };
        Optional<Integer> read = happening == Happening.ROUTER_UNREADABLE ? Optional.empty() : Optional.of(weight);
        return new Observation(
                candidate,
                warmed,
                stable,
                read,
                stable.isAbsent(),
                Optional.of(alias),
                new Verdict(outcome, "success rate is 0.5", List.of()),
                requests,
                command,
                trouble);
    }

    private void perform(Transition transition, Happening happening) {
        if (happening == Happening.CRASH_BETWEEN_SAVE_AND_EFFECT || happening == Happening.EFFECT_FAILS) {
            trouble = transition.effects().isEmpty() ? Optional.empty() : Optional.of("it did not work");
            return;
        }
        trouble = Optional.empty();
        int times = happening == Happening.CRASH_AFTER_EFFECT ? 2 : 1;
        for (int i = 0; i < times; i++) {
            transition.effects().forEach(this::perform);
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.StartCandidate && !candidate.isReady()) {
            candidate = candidate.isAbsent() ? Instance.starting() : Instance.ready();
        } else if (effect instanceof Effect.WarmCandidate) {
            warmed = true;
        } else if (effect instanceof Effect.EnsureStable) {
            stable = Instance.ready();
        } else if (effect instanceof Effect.SetWeight set) {
            weight = set.percent();
            weights.add(weight);
        } else if (effect instanceof Effect.StopStable) {
            stable = Instance.absent();
        } else if (effect instanceof Effect.StopCandidate) {
            candidate = Instance.absent();
        } else if (effect instanceof Effect.MoveAlias) {
            alias = true;
        } else if (effect instanceof Effect.RestoreAlias) {
            alias = false;
        }
    }
}
