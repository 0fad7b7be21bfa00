package io.mldelivery.rollout.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreezeWindowTest {
    private static final FreezeWindow WEEKEND = window("0 18 * * fri", Duration.ofHours(62));

    @Test
    void shouldBeOpenFromFridayEveningToMondayMorning() {
        assertThat(WEEKEND.openUntil(Instant.parse("2026-03-06T16:59:00Z"))).isEmpty();
        assertThat(WEEKEND.openUntil(Instant.parse("2026-03-06T17:00:00Z")))
                .contains(Instant.parse("2026-03-09T07:00:00Z"));
        assertThat(WEEKEND.openUntil(Instant.parse("2026-03-09T06:59:59Z")))
                .contains(Instant.parse("2026-03-09T07:00:00Z"));
        assertThat(WEEKEND.openUntil(Instant.parse("2026-03-09T07:00:00Z"))).isEmpty();
    }

    @Test
    void shouldFollowTheZoneIntoSummer() {
        assertThat(WEEKEND.openUntil(Instant.parse("2026-06-05T15:59:00Z"))).isEmpty();
        assertThat(WEEKEND.openUntil(Instant.parse("2026-06-05T16:00:00Z"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "'*/15 9-17 * * 1-5', 2026-03-02T08:45:30Z, true",
        "'*/15 9-17 * * 1-5', 2026-03-02T08:46:30Z, false",
        "'0 12 24 dec *', 2026-12-24T11:00:10Z, true",
        "'0 12 24 dec *', 2026-12-25T11:00:10Z, false",
        "'0 0 1 * 7', 2026-02-28T23:00:10Z, true",
        "'0 0 13 * 5', 2026-03-12T23:00:10Z, true",
        "'0 0 13 * 5', 2026-03-05T23:00:10Z, true",
        "'5,10 0 * * *', 2026-03-05T23:10:10Z, true"
    })
    void shouldUnderstandCron(String cron, Instant now, boolean open) {
        assertThat(window(cron, Duration.ofMinutes(1)).openUntil(now).isPresent())
                .isEqualTo(open);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * foo *",
                "* * * * 8",
                "5-1 * * * *",
                "*/0 * * * *",
                "a b c d e"
            })
    void shouldRefuseWhatIsNoCron(String cron) {
        assertThatThrownBy(() -> Cron.parse(cron)).isInstanceOf(IllegalArgumentException.class);
    }

    private static FreezeWindow window(String cron, Duration length) {
        return new FreezeWindow(Cron.parse(cron), length, ZoneId.of("Europe/Berlin"));
    }
}
