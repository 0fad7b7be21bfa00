package io.mldelivery.rollout.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.rollout.machine.World.Happening;
import io.mldelivery.rollout.plan.RolloutPlan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RolloutMachineTest {
    private final World world = new World(true);

    @Test
    void shouldGoThroughAllStatesInOrder() {
        var seen = new java.util.LinkedHashSet<String>();
        for (int i = 0; i < 30; i++) {
            seen.add(world.state.label());
            world.tick(Happening.PASS);
        }

        assertThat(seen).containsExactly("preparing", "warming", "shifting", "observing", "promoting", "promoted");
        assertThat(world.weights).containsExactly(10, 50, 100);
    }

    @Test
    void shouldSetWeightToZeroInTheTickOfTheVerdict() {
        tickUntil("observing");

        Transition transition = world.tick(Happening.FAIL);

        assertThat(transition.state()).isEqualTo(new RollingBack("success rate is 0.5", world.now, false));
        assertThat(transition.effects()).containsExactly(new Effect.SetWeight(0));
    }

    @Test
    void shouldStartOldVersionFirstWhenItIsGone() {
        tickUntil("observing");
        world.tick(Happening.OLD_VERSION_DIES);

        assertThat(world.stable.isReady()).isTrue();
        assertThat(world.state).isInstanceOf(Observing.class);
    }

    @Test
    void shouldNotMoveOnWithoutADecision() {
        tickUntil("observing");
        for (int i = 0; i < 20; i++) {
            world.tick(Happening.INCONCLUSIVE);
        }

        assertThat(world.weights).containsOnly(10);
    }

    @Test
    void shouldRollBackAtTheDeadlineWithoutADecision() {
        tickUntil("observing");
        for (int i = 0; i < 70; i++) {
            world.tick(Happening.INCONCLUSIVE);
        }

        assertThat(world.state).isInstanceOf(RolledBack.class);
        assertThat(((RolledBack) world.state).reason()).startsWith("not promoted within the deadline of 60.0 s");
    }

    @Test
    void shouldRollBackWhenMeasuringFailsTooLong() {
        tickUntil("observing");
        for (int i = 0; i < 6; i++) {
            world.tick(Happening.ERROR);
        }

        assertThat(world.state.toString()).contains("could not measure for 3 s");
    }

    @Test
    void shouldForgiveShortMeasuringFailures() {
        tickUntil("observing");
        for (int i = 0; i < 20; i++) {
            world.tick(i % 3 == 2 ? Happening.INCONCLUSIVE : Happening.ERROR);
        }

        assertThat(world.state).isInstanceOf(Observing.class);
    }

    @Test
    void shouldRestoreAliasWhenAbortedAfterItMoved() {
        tickUntil("promoting");
        world.alias = true;
        world.stable = Instance.absent();
        world.weight = 100;
        world.tick(Happening.ABORT);
        settle();

        assertThat(world.state).isEqualTo(new RolledBack("aborted by request", false));
        assertThat(world.alias).isFalse();
        assertThat(world.weight).isZero();
        assertThat(world.stable.isReady()).isTrue();
    }

    @Test
    void shouldNeverPromoteARehearsal() {
        var machine = new RolloutMachine(new Situation(world.plan, true, true, World.START));
        Transition transition = machine.next(new Promoting(), observation(), World.START.plusSeconds(1));

        assertThat(transition.state().toString()).contains("this was a rehearsal");
    }

    @Test
    void shouldWaitForADecisionWhereThePlanAsks() {
        RolloutPlan plan = RolloutPlan.parse("plan", World.PLAN.replace("50, requests: 5", "50, manual: true"));
        var machine = new RolloutMachine(new Situation(plan, true, false, World.START));
        world.weight = 50;
        Transition paused = machine.next(
                new Observing(1, World.START, 0, java.util.Optional.empty()),
                observation(),
                World.START.plusSeconds(5));
        Transition waiting = machine.next(paused.state(), observation(), World.START.plusSeconds(50_000));
        Transition expired = machine.next(paused.state(), observation(), World.START.plus(Duration.ofHours(25)));

        assertThat(paused.state()).isInstanceOf(Paused.class);
        assertThat(waiting.state()).isEqualTo(paused.state());
        assertThat(expired.state()).isInstanceOf(RollingBack.class);
    }

    @Test
    void shouldEndAShadowComparisonWithoutPromoting() {
        var machine = new RolloutMachine(new Situation(plan("strategy: shadow\n"), true, false, World.START));
        world.weight = 100;
        Transition end = machine.next(
                new Observing(2, World.START, 0, java.util.Optional.empty()),
                observation(),
                World.START.plusSeconds(5));

        assertThat(end.state()).isEqualTo(new RollingBack("fine", World.START.plusSeconds(5), true));
        assertThat(end.effects()).containsExactly(new Effect.SetWeight(0));
    }

    @Test
    void shouldAskBeforePromotingWhereThePlanWantsThat() {
        var machine = new RolloutMachine(new Situation(plan("promotion: {within: 1h}\n"), true, false, World.START));
        world.weight = 100;
        var last = new Observing(2, World.START, 0, java.util.Optional.empty());
        Transition asked = machine.next(last, observation(), World.START.plusSeconds(5));
        Transition expired = machine.next(asked.state(), observation(), World.START.plusSeconds(3_700));

        assertThat(asked.state().toString()).contains("the plan asks for a decision to promote");
        assertThat(expired.state().toString()).contains("nobody decided in time");
    }

    @Test
    void shouldPromoteByItselfWhenTheTimeHasCome() {
        var machine = new RolloutMachine(new Situation(plan("promotion: {after: 1h}\n"), true, false, World.START));
        world.weight = 100;
        var last = new Observing(2, World.START, 0, java.util.Optional.empty());
        Transition waiting = machine.next(last, observation(), World.START.plusSeconds(5));

        assertThat(waiting.state()).isInstanceOf(Paused.class);
        assertThat(machine.next(waiting.state(), observation(), World.START.plusSeconds(3_000))
                        .state())
                .isEqualTo(waiting.state());
        assertThat(machine.next(waiting.state(), observation(), World.START.plusSeconds(3_605))
                        .state())
                .isEqualTo(new Promoting());
    }

    /** World.START is a Sunday noon; the freeze began at 11:59 and lasts two minutes. */
    @Test
    void shouldHoldTheWeightWhileChangesAreFrozen() {
        String freeze = "freeze: [{cron: '59 11 * * sun', for: 2m, zone: UTC}]\n";
        var machine = new RolloutMachine(new Situation(plan(freeze), true, false, World.START));
        world.weight = 10;
        var first = new Observing(0, World.START, 0, java.util.Optional.empty());
        Transition held = machine.next(first, observation(), World.START.plusSeconds(5));

        assertThat(held.state().toString()).contains("changes are frozen until 2026-03-01T12:01:00Z");
        assertThat(machine.next(held.state(), observation(), World.START.plusSeconds(50))
                        .state())
                .isEqualTo(held.state());
        assertThat(machine.next(held.state(), observation(), World.START.plusSeconds(61))
                        .state())
                .isEqualTo(new Shifting(1));
    }

    @Test
    void shouldStandAClockThatJumps() {
        tickUntil("observing");
        world.now = World.START.minusSeconds(86_400);
        world.tick(Happening.PASS);
        assertThat(world.state.isFinal()).isFalse();
        world.now = World.START.plusSeconds(86_400);
        settle();

        assertThat(world.state).isInstanceOf(RolledBack.class);
        assertThat(world.weight).isZero();
    }

    private static RolloutPlan plan(String more) {
        return RolloutPlan.parse("plan", World.PLAN + more);
    }

    private Observation observation() {
        return new Observation(
                Instance.ready(),
                true,
                Instance.ready(),
                java.util.Optional.of(world.weight),
                false,
                java.util.Optional.of(false),
                new io.mldelivery.rollout.analysis.Verdict(
                        io.mldelivery.model.Outcome.PASS, "fine", java.util.List.of()),
                100,
                java.util.Optional.empty(),
                java.util.Optional.empty());
    }

    private void tickUntil(String label) {
        for (int i = 0; i < 60 && !world.state.label().equals(label); i++) {
            world.tick(Happening.PASS);
        }
        assertThat(world.state.label()).isEqualTo(label);
    }

    private void settle() {
        for (int i = 0; i < 60 && !world.state.isFinal(); i++) {
            world.tick(Happening.PASS);
        }
    }
}
