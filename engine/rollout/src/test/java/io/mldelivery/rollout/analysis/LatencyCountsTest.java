package io.mldelivery.rollout.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyCountsTest {
    private final LatencyCounts counts = new LatencyCounts(List.of(0.1, 0.2, 0.4), List.of(50L, 80L, 90L), 100, 20);

    @Test
    void shouldInterpolateQuantilesAsPrometheusDoes() {
        assertThat(counts.quantile(0.25)).isEqualTo(0.05);
        assertThat(counts.quantile(0.5)).isEqualTo(0.1);
        assertThat(counts.quantile(0.65)).isCloseTo(0.15, within(1e-12));
        assertThat(counts.quantile(0.99)).as("above all bounds").isEqualTo(0.4);
        assertThat(LatencyCounts.NONE.quantile(0.5)).isNaN();
    }

    @Test
    void shouldTakeDifferencesAndStartAnewWithANewProcess() {
        var earlier = new LatencyCounts(List.of(0.1, 0.2, 0.4), List.of(20L, 30L, 40L), 40, 8);

        assertThat(counts.since(earlier)).isEqualTo(new LatencyCounts(counts.bounds(), List.of(30L, 50L, 50L), 60, 12));
        assertThat(earlier.since(counts)).isEqualTo(earlier);
        assertThat(counts.since(earlier).plus(earlier)).isEqualTo(counts);
    }
}
