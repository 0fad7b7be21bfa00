package io.mldelivery.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginVersionTest {
    @ParameterizedTest
    @CsvSource({
        "2.504.1, 2.541.3",
        "2.541, 2.541.3",
        "0.1.0, 0.10.0",
        "1412.v7737b_3405f86, 1413.v2ff1a_5e720fa_",
        "2.21.0-439, 2.22.1-443.vc91f592333c4",
        "0.2.0-beta, 0.2.0"
    })
    void shouldKnowTheOlder(String older, String newer) {
        assertThat(new PluginVersion(older).olderThan(new PluginVersion(newer))).isTrue();
        assertThat(new PluginVersion(newer).olderThan(new PluginVersion(older))).isFalse();
        assertThat(new PluginVersion(newer).olderThan(new PluginVersion(newer))).isFalse();
    }
}
