package io.mldelivery.gate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateEvaluator;
import io.mldelivery.gate.judge.GateInput;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.metric.MetricFiles;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.metric.MetricValue.Present;
import io.mldelivery.gate.policy.GatePolicy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateJUnitTest {
    private static final String POLICY = """
            rules:
            - {metric: a, min: 0.5}
            - {metric: a, min: 0.9, name: "<high> & \\"mighty\\""}
            - {metric: b, min: 0.9}
            - {metric: a, min: 0.95, severity: note}
            """;

    @Test
    void shouldWriteOneTestCaseARule() {
        GateResult result = GateEvaluator.evaluate(
                GatePolicy.parse("gate.yaml", POLICY),
                new GateInput(MetricSet.of("m.json", Map.of("a", 0.8)), new Champion.Absent("none"), Optional.empty()));
        String xml = GateJUnit.of(result, "gate.yaml");
        assertThat(xml)
                .contains("tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\"")
                .contains("name=\"&lt;high&gt; &amp; &quot;mighty&quot;\"")
                .contains("<failure message=\"FAIL: a is 0.8, below the limit of 0.9.\"/>");
        MetricSet read = MetricFiles.parse("gate.xml", xml.getBytes(StandardCharsets.UTF_8));
        assertThat(read.get("tests_failed")).isEqualTo(new Present(2));
        assertThat(read.get("tests_skipped")).isEqualTo(new Present(1));
    }

    @Test
    void shouldShowThatNothingCouldBeMeasured() {
        var result = GateResult.unmeasurable(GatePolicy.parse("gate.yaml", POLICY), "m.json: \u0001 is broken");
        String xml = GateJUnit.of(result, "gate.yaml");
        assertThat(xml).contains("tests=\"1\" failures=\"0\" errors=\"1\"").contains("m.json:   is broken");
        assertThat(MetricFiles.parse("gate.xml", xml.getBytes(StandardCharsets.UTF_8))
                        .get("tests_failed"))
                .isEqualTo(new Present(1));
    }
}
