package io.mldelivery.rollout.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreparingTest {
    private final RolloutState state = new Preparing();

    @Test
    void shouldStartTheNewVersionBesideTheOldOne() {
        assertThat(Seen.well().candidate(Instance.absent()).in(state))
                .isEqualTo(Transition.to(state, new Effect.StartCandidate()));
        assertThat(Seen.well().candidate(Instance.starting()).in(state))
                .isEqualTo(Transition.to(state, new Effect.StartCandidate()));
    }

    @Test
    void shouldHaveTheOldVersionServeFirst() {
        assertThat(Seen.well().stable(Instance.absent()).in(state).effects())
                .containsExactly(new Effect.EnsureStable(), new Effect.StartCandidate());
    }

    @Test
    void shouldWarmUpWhenTheNewVersionServes() {
        assertThat(Seen.well().in(state)).isEqualTo(Transition.to(new Warming(Seen.NOW), new Effect.WarmCandidate()));
    }

    @Test
    void shouldGoBackWithTheReasonWhenItDoesNotStart() {
        Transition end =
                Seen.well().weight(0).candidate(Instance.dead("exit code 3")).in(state);

        assertThat(end.state().toString()).contains("the new version did not start: exit code 3");
        assertThat(end.effects()).containsExactly(new Effect.StopCandidate());
    }
}
