package io.mldelivery.gate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.gate.metric.MetricValue.Missing;
import io.mldelivery.gate.metric.MetricValue.Present;
import io.mldelivery.model.DeliveryException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricFilesTest {
    private static MetricSet parse(String text) {
        return MetricFiles.parse("metrics.json", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldReadFlatAndNestedNumbers() {
        MetricSet metrics = parse("{\"roc_auc\": 0.8, \"test\": {\"f1\": 1}}");
        assertThat(metrics.get("roc_auc")).isEqualTo(new Present(0.8));
        assertThat(metrics.get("test.f1")).isEqualTo(new Present(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "\"NaN\"", "Infinity", "-Infinity", "null", "\"high\"", "[1]", "true", "1e999"})
    void shouldCallUnusableValuesMissing(String value) {
        assertThat(parse("{\"roc_auc\": " + value + "}").get("roc_auc")).isInstanceOf(Missing.class);
    }

    @Test
    void shouldNameTheNearestOfAbsentMetrics() {
        assertThat(parse("{\"roc_auc\": 0.8}").get("roc_acu"))
                .isEqualTo(new Missing("is not in metrics.json (did you mean roc_auc?)"));
        assertThat(parse("{}").get("x")).isEqualTo(new Missing("is not in metrics.json, which holds no metrics"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "3", "{\"a\": }", "{\"a\": 1} x", "{\"a\": 1, \"a\": 2}", "<x", "<!DOCTYPE a []><a/>"})
    void shouldRefuseWhatIsNoMetricsFile(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(DeliveryException.class, e -> {
            assertThat(e.code()).isEqualTo(DeliveryException.Code.DATA);
            assertThat(e.what()).startsWith("metrics.json").doesNotContain("\n");
        });
    }

    @Test
    void shouldPointToTheLineOfBrokenJson() {
        assertThatThrownBy(() -> parse("{\n\"a\": 1,\n}")).hasMessageStartingWith("metrics.json:3:");
    }

    @Test
    void shouldSayThatAFileIsAbsent(@TempDir Path folder) {
        assertThatThrownBy(() -> MetricFiles.read(folder.resolve("none.json"), "build/none.json"))
                .hasMessageStartingWith("build/none.json: there is no such file");
    }

    @Test
    void shouldCountTestsOfJUnitReports() {
        MetricSet metrics = parse("""
                <?xml version="1.0"?>
                <testsuites><testsuite name="pytest">
                  <testcase name="a" time="0.5"/>
                  <testcase name="b" time="1.5"><failure message="x">trace</failure></testcase>
                  <testcase name="c"><skipped/></testcase>
                </testsuite></testsuites>
                """);
        assertThat(metrics.get("tests_total")).isEqualTo(new Present(3));
        assertThat(metrics.get("tests_failed")).isEqualTo(new Present(1));
        assertThat(metrics.get("tests_skipped")).isEqualTo(new Present(1));
        assertThat(metrics.get("tests_pass_rate")).isEqualTo(new Present(0.5));
        assertThat(metrics.get("tests_seconds")).isEqualTo(new Present(2));
    }

    @Test
    void shouldReadPytestBenchmarks() {
        MetricSet metrics = parse("""
                {"benchmarks": [{"name": "test_predict", "stats": {"mean": 0.002, "ops": 500.0, "rounds": 10}}]}
                """);
        assertThat(metrics.get("benchmark.test_predict.mean")).isEqualTo(new Present(0.002));
        assertThat(KnownMetric.directionOf("benchmark.test_predict.mean")).contains(Direction.LOWER);
        assertThat(KnownMetric.directionOf("benchmark.test_predict.ops")).contains(Direction.HIGHER);
    }

    @Test
    void shouldKnowWhichWayIsBetter() {
        assertThat(KnownMetric.directionOf("roc_auc")).contains(Direction.HIGHER);
        assertThat(KnownMetric.directionOf("ndcg_at_10")).contains(Direction.HIGHER);
        assertThat(KnownMetric.directionOf("pinball@0.9")).contains(Direction.LOWER);
        assertThat(KnownMetric.directionOf("latency_p99_ms")).contains(Direction.LOWER);
        assertThat(KnownMetric.directionOf("selection_rate")).isEmpty();
        assertThat(KnownMetric.directionOf("something")).isEmpty();
    }
}
