package io.mldelivery.rollout.machine;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.analysis.Verdict;
import io.mldelivery.rollout.plan.RolloutPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a state is shown in tests: both versions serve, all is well, nobody asks for anything, unless a test says otherwise. */
final class Seen {
    static final Instant NOW = World.START.plusSeconds(5);
    static final Situation SITUATION = situation("");

    private Instance candidate = Instance.ready();
    private Instance stable = Instance.ready();
    private boolean warmed = true;
    private Optional<Integer> weight = Optional.of(10);
    private Optional<Boolean> alias = Optional.of(false);
    private Outcome outcome = Outcome.PASS;
    private long requests = 100;
    private Optional<Command> command = Optional.empty();
    private Optional<String> trouble = Optional.empty();

    static Situation situation(String more) {
        return new Situation(RolloutPlan.parse("plan", World.PLAN + more), true, false, World.START);
    }

    static Situation grouped() {
        return new Situation(RolloutPlan.parse("plan", World.PLAN), true, false, World.START, true);
    }

    static Seen well() {
        return new Seen();
    }

    Seen candidate(Instance is) {
        candidate = is;
        return this;
    }

    Seen stable(Instance is) {
        stable = is;
        return this;
    }

    Seen cold() {
        warmed = false;
        return this;
    }

    Seen weight(int percent) {
        weight = Optional.of(percent);
        return this;
    }

    Seen routerUnreadable() {
        weight = Optional.empty();
        return this;
    }

    Seen alias(boolean moved) {
        alias = Optional.of(moved);
        return this;
    }

    Seen aliasUnknown() {
        alias = Optional.empty();
        return this;
    }

    Seen verdict(Outcome is) {
        outcome = is;
        return this;
    }

    Seen requests(long answered) {
        requests = answered;
        return this;
    }

    Seen asks(Command wanted) {
        command = Optional.of(wanted);
        return this;
    }

    Seen trouble(String text) {
        trouble = Optional.of(text);
        return this;
    }

    private Observation observation() {
        return new Observation(
                candidate,
                warmed,
                stable,
                weight,
                stable.isAbsent(),
                alias,
                new Verdict(outcome, "the numbers", List.of()),
                requests,
                command,
                trouble);
    }

    Transition in(RolloutState state) {
        return in(state, SITUATION, NOW);
    }

    Transition in(RolloutState state, Situation situation, Instant now) {
        return new RolloutMachine(situation).next(state, observation(), now);
    }
}
