package io.mldelivery.rollout.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.Outcome;
import org.junit.jupiter.api.Test;

class PromotingTest {
    private final RolloutState state = new Promoting();

    @Test
    void shouldMoveTrafficThenStopTheOldVersionThenMoveTheAlias() {
        assertThat(Seen.well().weight(50).in(state)).isEqualTo(Transition.to(state, new Effect.SetWeight(100)));
        assertThat(Seen.well().weight(100).in(state)).isEqualTo(Transition.to(state, new Effect.StopStable()));
        Seen alone = Seen.well().weight(100).stable(Instance.absent());
        assertThat(alone.in(state)).isEqualTo(Transition.to(state, new Effect.MoveAlias()));
        assertThat(alone.aliasUnknown().in(state)).isEqualTo(Transition.to(state, new Effect.MoveAlias()));
        assertThat(alone.alias(true).in(state)).isEqualTo(Transition.to(new Promoted()));
    }

    @Test
    void shouldStillGoBackWhenItFails() {
        assertThat(Seen.well().weight(100).verdict(Outcome.FAIL).in(state).effects())
                .containsExactly(new Effect.SetWeight(0));
        assertThat(Seen.well()
                        .weight(100)
                        .stable(Instance.absent())
                        .candidate(Instance.dead("OOM"))
                        .in(state)
                        .effects())
                .containsExactly(new Effect.EnsureStable());
    }

    @Test
    void shouldNotPromoteARehearsal() {
        var rehearsal = new Situation(Seen.SITUATION.plan(), true, true, World.START);

        assertThat(Seen.well()
                        .weight(100)
                        .in(state, rehearsal, Seen.NOW)
                        .state()
                        .toString())
                .contains("this was a rehearsal, and its fault was not found");
    }
}
