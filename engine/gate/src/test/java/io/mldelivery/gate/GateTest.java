package io.mldelivery.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.metric.MetricFiles;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.gate.report.GateJson;
import io.mldelivery.gate.report.GateTable;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
    private static final String POLICY = """
            rules:
            - {metric: roc_auc, kind: threshold, min: 0.80}
            - {metric: roc_auc, kind: non-inferiority, margin: 0.05, test: delong}
            - {metric: latency_p99_ms, kind: threshold, max: 50, severity: unstable}
            """;

    @TempDir
    private Path folder;

    private GateResult judge(String policy, Optional<PredictionFiles> predictions) {
        MetricSet metrics = MetricSet.of("metrics.json", Map.of("roc_auc", 0.9, "latency_p99_ms", 41.0));
        Champion champion = new Champion.Present(MetricSet.of("champion", Map.of("roc_auc", 0.89)));
        return Gate.judge(new GateRequest("gate.yaml", policy, () -> metrics, () -> champion, predictions, folder));
    }

    private Optional<PredictionFiles> files() throws IOException {
        var random = new SplittableRandom(1);
        StringBuilder one = new StringBuilder("id,y,score\n");
        StringBuilder other = new StringBuilder("id,y,score\n");
        for (int i = 0; i < 400; i++) {
            int y = random.nextInt(2);
            double shared = 0.3 * y + 0.5 * random.nextDouble();
            one.append(i)
                    .append(',')
                    .append(y)
                    .append(',')
                    .append(shared + 0.05 * random.nextDouble())
                    .append('\n');
            other.append(i)
                    .append(',')
                    .append(y)
                    .append(',')
                    .append(shared + 0.06 * random.nextDouble())
                    .append('\n');
        }
        Files.writeString(folder.resolve("new.csv"), one);
        Files.writeString(folder.resolve("old.csv"), other);
        return Optional.of(new PredictionFiles(folder, "new.csv", Optional.of("old.csv")));
    }

    @Test
    void shouldWriteTheContractOfTheJson() throws IOException {
        GateResult result = judge(POLICY, files());
        assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.PASS);
        JsonNode json = GateJson.of(result);
        assertThat(json.get("outcome").asText()).isEqualTo("PASS");
        assertThat(json.get("reason").asText()).isEqualTo("All 3 rules pass.");
        JsonNode rule = json.get("rules").get(1);
        assertThat(rule.get("metric").asText()).isEqualTo("roc_auc");
        assertThat(rule.get("kind").asText()).isEqualTo("non-inferiority");
        assertThat(rule.get("candidate").isNumber()).isTrue();
        assertThat(rule.get("champion").isNumber()).isTrue();
        assertThat(rule.get("interval").get("level").asDouble()).isEqualTo(0.95);
        assertThat(rule.get("interval").get("low").asDouble())
                .isLessThan(rule.get("difference").asDouble());
        assertThat(rule.get("test").get("name").asText()).isEqualTo("delong");
        assertThat(rule.get("limit").asDouble()).isEqualTo(-0.05);
        assertThat(rule.get("decisionPValue").asDouble()).isLessThan(0.025);
        assertThat(json.get("rules").get(0).get("champion").isNull()).isTrue();
        assertThat(json.get("rules").get(0).get("interval").isNull()).isTrue();
        assertThat(json.get("multiplicity").get("method").asText()).isEqualTo("holm");
    }

    /** What the champion's run once reported is of other rows than these. */
    @Test
    void shouldTrustOldMetricsOnlyWithoutAnswersOnTheSameRows() throws IOException {
        String policy = """
                rules:
                - {metric: roc_auc, kind: change, min: -0.05}
                - {kind: expression, expression: champion.roc_auc == 0.89 && candidate.roc_auc == 0.9}
                """;
        GateResult old = judge(policy, Optional.empty());
        assertThat(old.rules().get(0).champion()).hasValue(0.89);
        assertThat(old.rules().get(1).outcome()).isEqualTo(Outcome.PASS);
        GateResult measured = judge(policy, files());
        assertThat(measured.rules().get(0).champion().orElseThrow()).isNotEqualTo(0.89);
        assertThat(measured.rules().get(1).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldShowATableWithTheReasonsOfWhatDoesNotPass() throws IOException {
        GateResult result = judge(POLICY.replace("0.80", "0.95"), files());
        assertThat(GateTable.of(result)).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("outcome").contains("candidate").doesNotContain("slice");
            assertThat(lines.get(1)).startsWith("FAIL").contains("0.9000").contains(">= 0.9500");
            assertThat(lines).anyMatch(line -> line.startsWith("FAIL: roc_auc is 0.9 (reported by metrics.json"));
            assertThat(lines.get(lines.size() - 1)).isEqualTo("Gate: FAIL");
        });
    }

    @Test
    void shouldCallUnreadableDataAnError() {
        GateResult result = judge(POLICY, Optional.of(new PredictionFiles(folder, "none.csv", Optional.empty())));
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.reason()).contains("none.csv");
        GateResult metrics = Gate.judge(new GateRequest(
                "gate.yaml",
                POLICY,
                () -> MetricFiles.read(folder.resolve("m.json"), "m.json"),
                () -> new Champion.Absent("none"),
                Optional.empty(),
                folder));
        assertThat(metrics.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(metrics.reason()).startsWith("m.json: there is no such file");
    }

    @Test
    void shouldNotSwallowWrongPolicies() {
        assertThatThrownBy(() -> judge("rules: [{metric: a}]", Optional.empty()))
                .isInstanceOf(DeliveryException.class);
    }
}
