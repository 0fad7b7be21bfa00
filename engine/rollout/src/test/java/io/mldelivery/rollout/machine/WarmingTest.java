package io.mldelivery.rollout.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmingTest {
    private final RolloutState state = new Warming(World.START);

    @Test
    void shouldWarmUntilItIsWarm() {
        assertThat(Seen.well().cold().in(state)).isEqualTo(Transition.to(state, new Effect.WarmCandidate()));
        assertThat(Seen.well().in(state)).isEqualTo(Transition.to(new Shifting(0), new Effect.SetWeight(10)));
    }

    @Test
    void shouldGoBackWhenTheProcessEnds() {
        assertThat(Seen.well()
                        .candidate(Instance.dead("killed"))
                        .in(state)
                        .state()
                        .toString())
                .contains("the new version ended while warming up: killed");
    }

    @Test
    void shouldGoBackWhenItStaysCold() {
        Situation patient = Seen.situation("bake: 1s\n");
        var later = new Situation(patient.plan(), true, false, World.START.plusSeconds(301));
        Transition end =
                Seen.well().cold().trouble("connection refused").in(state, later, World.START.plusSeconds(301));

        assertThat(end.state().toString()).contains("warming up took longer than 5 minutes: connection refused");
    }
}
