package io.mldelivery.rollout.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.Outcome;
import org.junit.jupiter.api.Test;

class PromotedTest {
    private final RolloutState state = new Promoted();

    @Test
    void shouldBeTheEndWhateverHappens() {
        assertThat(state.isFinal()).isTrue();
        assertThat(Seen.well().verdict(Outcome.FAIL).asks(Command.ABORT).in(state))
                .isEqualTo(Transition.to(state));
        assertThat(Seen.well()
                        .candidate(Instance.dead("gone"))
                        .asks(Command.PROMOTE)
                        .in(state))
                .isEqualTo(Transition.to(state));
    }
}
