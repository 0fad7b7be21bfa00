package io.mldelivery.rollout.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.rollout.analysis.VersionCounts;
import org.junit.jupiter.api.Test;

class ServingMetricsTest {
    private static final String TEXT = """
            # HELP mldelivery_requests_total Requests that came to an end.
            # TYPE mldelivery_requests_total counter
            mldelivery_requests_total{model="flights",version="3",code="200"} 90
            mldelivery_requests_total{model="flights",version="3",code="500"} 7
            mldelivery_requests_total{model="flights",version="3",code="429"} 3.0 1700000000000
            mldelivery_requests_total{model="other",version="1",code="500"} 1e3
            mldelivery_request_seconds_bucket{model="flights",version="3",le="0.1"} 60
            mldelivery_request_seconds_bucket{model="flights",version="3",le="0.5"} 95
            mldelivery_request_seconds_bucket{model="flights",version="3",le="+Inf"} 100
            mldelivery_request_seconds_sum{model="flights",version="3"} 12.5
            mldelivery_request_seconds_count{model="flights",version="3"} 100
            odd{text="a \\"quoted\\\\ \\n one, with } and ="} NaN
            """;

    @Test
    void shouldAddUpOneModelsSeries() {
        VersionCounts counts = ServingMetrics.read(TEXT, "flights");

        assertThat(counts.requests()).isEqualTo(100);
        assertThat(counts.failures()).isEqualTo(10);
        assertThat(counts.latency().bounds()).containsExactly(0.1, 0.5);
        assertThat(counts.latency().cumulative()).containsExactly(60L, 95L);
        assertThat(counts.latency().certainlyAbove(0.3)).isEqualTo(5);
        assertThat(counts.latency().possiblyAbove(0.3)).isEqualTo(40);
    }

    @Test
    void shouldCountNothingBeforeTheFirstRequest() {
        assertThat(ServingMetrics.read("", "flights")).isEqualTo(VersionCounts.NONE);
    }

    @Test
    void shouldReadEscapedLabels() {
        var odd = PrometheusText.parse(TEXT).get(9);

        assertThat(odd.labels()).containsEntry("text", "a \"quoted\\ \n one, with } and =");
        assertThat(odd.value()).isNaN();
    }

    @Test
    void shouldNameTheLineThatIsNoSample() {
        assertThatThrownBy(() -> PrometheusText.parse("a 1\n<html>\n")).hasMessage("line 2 is no sample: <html>");
        assertThatThrownBy(() -> PrometheusText.parse("a{b=\"c")).hasMessageContaining("line 1 is no sample");
    }
}
