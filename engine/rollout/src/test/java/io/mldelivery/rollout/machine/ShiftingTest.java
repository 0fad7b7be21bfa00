package io.mldelivery.rollout.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShiftingTest {
    private final RolloutState state = new Shifting(1);

    @Test
    void shouldSetTheWeightUntilTheRouterHasIt() {
        assertThat(Seen.well().weight(10).in(state)).isEqualTo(Transition.to(state, new Effect.SetWeight(50)));
        assertThat(Seen.well().routerUnreadable().in(state)).isEqualTo(Transition.to(state, new Effect.SetWeight(50)));
    }

    @Test
    void shouldObserveFromTheMomentAtWhichTheWeightIsSet() {
        assertThat(Seen.well().weight(50).requests(7).in(state).state())
                .isEqualTo(new Observing(1, Seen.NOW, 7, Optional.empty()));
    }

    @Test
    void shouldGoBackOnAVerdictAndOnDeath() {
        assertThat(Seen.well().verdict(Outcome.FAIL).in(state).effects()).containsExactly(new Effect.SetWeight(0));
        assertThat(Seen.well().candidate(Instance.dead("OOM")).in(state).state())
                .isInstanceOf(RollingBack.class);
    }
}
