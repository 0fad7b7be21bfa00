package io.mldelivery.serving.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.serving.fault.ServingException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private long now = 1;

    @Test
    void shouldLetEverybodyInWhenUnlimited() {
        Admission admission = Admission.unlimited();
        for (int i = 0; i < 10_000; i++) {
            admission.enter();
        }

        assertThat(admission.current()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldRefuseBeyondTheLimitAndLetInAgainWhenOneLeaves() {
        Admission admission = Admission.adaptive(8, () -> now);
        for (int i = 0; i < 8; i++) {
            admission.enter();
        }
        assertThatThrownBy(admission::enter)
                .isInstanceOf(ServingException.class)
                .hasMessageContaining("8 requests are under way");

        admission.leave(now, 8, false);

        assertThat(admission.enter()).isEqualTo(8);
    }

    @Test
    void shouldLetFewerInWhenResponsesBecomeSlow() {
        Admission admission = Admission.adaptive(1000, () -> now);
        sample(admission, 1, 20_000);
        int fast = admission.current();

        sample(admission, 200, 200);

        assertThat(admission.current()).isLessThan(fast).isGreaterThanOrEqualTo(8);
    }

    /** Pretends that as many responses as possible took so long, again and again. */
    private void sample(Admission admission, long milliseconds, int times) {
        for (int i = 0; i < times; i++) {
            long start = now;
            int with = admission.current();
            for (int j = 0; j < with; j++) {
                admission.enter();
            }
            now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
            for (int j = 0; j < with; j++) {
                admission.leave(start, with, false);
            }
        }
    }
}
