package io.mldelivery.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "flaw, lawn, 2", "same, SAME, 0", "'', abc, 3", "abc, '', 3"})
    void shouldCountEditsIgnoringCase(String left, String right, int edits) {
        assertThat(Nearest.distance(left, right)).isEqualTo(edits);
        assertThat(Nearest.distance(right, left)).isEqualTo(edits);
    }

    @Test
    void shouldOfferTheNearestFirst() {
        assertThat(Nearest.to("metrc", List.of("slice", "metrics", "metric", "margin")))
                .containsExactly("metric", "metrics");
    }

    @Test
    void shouldOfferNothingWhenAllAreFarAway() {
        assertThat(Nearest.to("xyzzy", List.of("threshold", "margin"))).isEmpty();
    }

    @Test
    void shouldOfferAtMostThree() {
        assertThat(Nearest.to("a", List.of("d", "c", "b", "e"))).containsExactly("b", "c", "d");
    }
}
