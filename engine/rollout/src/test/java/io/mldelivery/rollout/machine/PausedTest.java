package io.mldelivery.rollout.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PausedTest {
    private final RolloutState state = new Paused(0, "asked", World.START, Optional.empty());

    @Test
    void shouldWaitForADecision() {
        assertThat(Seen.well().in(state)).isEqualTo(Transition.to(state));
        assertThat(Seen.well().asks(Command.PROMOTE).in(state).state()).isEqualTo(new Shifting(1));
    }

    @Test
    void shouldNotGoOnWhileItCannotMeasure() {
        assertThat(Seen.well()
                        .verdict(Outcome.ERROR)
                        .asks(Command.PROMOTE)
                        .in(state)
                        .state())
                .isEqualTo(state);
    }

    @Test
    void shouldGoBackWhenItFailsMeanwhileOrNobodyDecides() {
        assertThat(Seen.well().verdict(Outcome.FAIL).in(state).state()).isInstanceOf(RollingBack.class);
        assertThat(Seen.well()
                        .in(state, Seen.SITUATION, World.START.plus(Duration.ofHours(25)))
                        .state()
                        .toString())
                .contains("nobody decided in time: asked");
    }

    @Test
    void shouldLeaveTheEndOfAGroupOnlyWithTheGroup() {
        RolloutState held = new Paused(2, "passed", World.START, Optional.empty());

        assertThat(Seen.well()
                        .weight(100)
                        .asks(Command.PROMOTE)
                        .in(held, Seen.grouped(), Seen.NOW)
                        .state())
                .isEqualTo(held);
        assertThat(Seen.well()
                        .weight(100)
                        .asks(Command.RELEASE)
                        .in(held, Seen.grouped(), Seen.NOW)
                        .state())
                .isEqualTo(new Promoting());
        assertThat(Seen.well()
                        .weight(100)
                        .asks(Command.ABORT)
                        .in(held, Seen.grouped(), Seen.NOW)
                        .effects())
                .containsExactly(new Effect.SetWeight(0));
    }

    @Test
    void shouldKeepTheWeight() {
        assertThat(Seen.well().weight(50).in(state)).isEqualTo(Transition.to(state, new Effect.SetWeight(10)));
    }
}
