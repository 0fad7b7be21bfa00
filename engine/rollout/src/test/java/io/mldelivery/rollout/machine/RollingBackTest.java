package io.mldelivery.rollout.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RollingBackTest {
    private final RolloutState state = new RollingBack("too many errors", World.START, false);

    @Test
    void shouldGiveTrafficBackThenTheAliasThenStopTheNewVersion() {
        assertThat(Seen.well().in(state)).isEqualTo(Transition.to(state, new Effect.SetWeight(0)));
        assertThat(Seen.well().weight(0).alias(true).in(state))
                .isEqualTo(Transition.to(state, new Effect.RestoreAlias()));
        assertThat(Seen.well().weight(0).aliasUnknown().in(state))
                .isEqualTo(Transition.to(state, new Effect.RestoreAlias()));
        assertThat(Seen.well().weight(0).in(state)).isEqualTo(Transition.to(state, new Effect.StopCandidate()));
        assertThat(Seen.well().weight(0).candidate(Instance.absent()).in(state).state())
                .isEqualTo(new RolledBack("too many errors", false));
    }

    @Test
    void shouldStartTheOldVersionBeforeItGetsTraffic() {
        assertThat(Seen.well().weight(100).stable(Instance.absent()).in(state).effects())
                .containsExactly(new Effect.EnsureStable());
    }

    @Test
    void shouldGoToNothingWhereNothingServedBefore() {
        var first = new Situation(Seen.SITUATION.plan().firstVersion(), false, false, World.START);

        assertThat(Seen.well()
                        .weight(100)
                        .stable(Instance.absent())
                        .in(state, first, Seen.NOW)
                        .effects())
                .containsExactly(new Effect.SetWeight(0));
        assertThat(Seen.well()
                        .weight(0)
                        .stable(Instance.absent())
                        .candidate(Instance.absent())
                        .in(state, first, Seen.NOW)
                        .state())
                .isEqualTo(new RolledBack("too many errors", false));
    }

    @Test
    void shouldNotTurnRoundAgain() {
        assertThat(Seen.well()
                        .verdict(Outcome.PASS)
                        .asks(Command.PROMOTE)
                        .in(state)
                        .state())
                .isEqualTo(state);
    }

    @Test
    void shouldSayThatItFailedWhenItCannotGoBackForTenMinutes() {
        Transition end = Seen.well()
                .trouble("the router refuses")
                .in(state, Seen.SITUATION, World.START.plus(Duration.ofSeconds(601)));

        assertThat(end.state())
                .isEqualTo(new Failed(
                        "too many errors; going back was not possible within 10 minutes: the router refuses"));
    }

    @Test
    void shouldGiveALongDrainItsTime() {
        Transition then = Seen.well()
                .weight(0)
                .in(state, Seen.situation("drain: 20m\n"), World.START.plus(Duration.ofMinutes(21)));

        assertThat(then.state()).isEqualTo(state);
    }
}
