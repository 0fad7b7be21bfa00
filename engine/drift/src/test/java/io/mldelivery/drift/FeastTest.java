package io.mldelivery.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.profile.Profile;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The offline store that Feast's own template makes (feast 0.67, its generator seeded with 7, until 16 July 2026). */
class FeastTest {
    private static final Path STORE = Path.of("src/test/resources/feast").toAbsolutePath();

    private static DriftCheck check(String policy) {
        return new DriftCheck(
                TableOptions.in(STORE), DriftPolicy.parse("drift.yaml", policy.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldCheckLastWeekOfAnOfflineStoreByItsEventTime() {
        String policy = "window: {column: event_timestamp, last: 7d}\ncolumns: {exclude: [driver_id]}\n";
        DriftVerdict verdict = check(policy).compare("driver_stats.parquet", "driver_stats.parquet");

        assertThat(verdict.measured().referenceRows()).isEqualTo(1807);
        assertThat(verdict.measured().currentRows()).isEqualTo(5 * 7 * 24);
        assertThat(verdict.columns())
                .filteredOn(column -> column.outcome().isPresent())
                .extracting(column -> column.name())
                .containsExactlyInAnyOrder("conv_rate", "acc_rate", "avg_daily_trips", "driver_config");
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldProfileAnOfflineStore() {
        Profile profile = check("policy: calibrated").profile("driver_stats.parquet");

        assertThat(profile.rows()).isEqualTo(1807);
        assertThat(check("columns: {include: ['*_rate']}")
                        .compare(profile, "driver_stats.parquet")
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }
}
