package io.mldelivery.rollout.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservingTest {
    private final RolloutState first = new Observing(0, World.START, 0, Optional.empty());
    private final RolloutState last = new Observing(2, World.START, 0, Optional.empty());

    @Test
    void shouldGoOnOnlyWithAPassAndEnoughRequests() {
        assertThat(Seen.well().in(first)).isEqualTo(Transition.to(new Shifting(1), new Effect.SetWeight(50)));
        assertThat(Seen.well().requests(4).in(first).state()).isEqualTo(first);
        assertThat(Seen.well().verdict(Outcome.INCONCLUSIVE).in(first).state()).isEqualTo(first);
    }

    @Test
    void shouldPromoteFromTheLastStep() {
        assertThat(Seen.well().weight(100).in(last)).isEqualTo(Transition.to(new Promoting()));
    }

    @Test
    void shouldWaitForItsGroupAfterTheLastStep() {
        assertThat(Seen.well().weight(100).in(last, Seen.grouped(), Seen.NOW).state())
                .isEqualTo(new Paused(2, "passed; waits for the rest of its group", Seen.NOW, Optional.empty()));
        assertThat(Seen.well()
                        .weight(100)
                        .asks(Command.PROMOTE)
                        .in(last, Seen.grouped(), Seen.NOW)
                        .state())
                .isInstanceOf(Paused.class);
        assertThat(Seen.well()
                        .weight(100)
                        .asks(Command.RELEASE)
                        .in(last, Seen.grouped(), Seen.NOW)
                        .state())
                .isEqualTo(new Promoting());
    }

    @Test
    void shouldSetRightWhatSomebodyElseChanged() {
        assertThat(Seen.well().weight(99).in(first)).isEqualTo(Transition.to(first, new Effect.SetWeight(10)));
        assertThat(Seen.well().stable(Instance.absent()).in(first))
                .isEqualTo(Transition.to(first, new Effect.EnsureStable()));
    }

    @Test
    void shouldGoBackWhenBlindForTooLong() {
        RolloutState blind = Seen.well().verdict(Outcome.ERROR).in(first).state();

        assertThat(blind).isEqualTo(new Observing(0, World.START, 0, Optional.of(Seen.NOW)));
        assertThat(Seen.well()
                        .verdict(Outcome.ERROR)
                        .in(blind, Seen.SITUATION, Seen.NOW.plusSeconds(3))
                        .state())
                .isInstanceOf(RollingBack.class);
        assertThat(Seen.well()
                        .verdict(Outcome.INCONCLUSIVE)
                        .in(blind, Seen.SITUATION, Seen.NOW.plusSeconds(3))
                        .state())
                .isEqualTo(first);
    }
}
