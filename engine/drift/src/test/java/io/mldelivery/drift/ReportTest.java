package io.mldelivery.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.report.DriftHistory;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.report.DriftMarkdown;
import io.mldelivery.drift.report.DriftMetrics;
import io.mldelivery.drift.report.DriftPage;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final String POLICY = """
            model: {prediction: score, label: y, metric: roc-auc}
            joint: {domainClassifier: 0.6, meanDiscrepancy: 0.1}
            segments: 3
            importance: {x: 2, k: 1}
            monitoring: {runLength: 100}
            """;

    @TempDir
    Path folder;

    private Frames frames;

    @BeforeEach
    void makeFrames() {
        frames = new Frames(folder);
    }

    private DriftVerdict verdict() {
        for (int seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            boolean current = seed == 2;
            frames.write(current ? "c.csv" : "r.csv", "x,k,score,y,empty" + (current ? ",more" : ",gone"), 1500, i -> {
                String k = "ab".charAt(random.nextInt(2)) + "|";
                double x = random.nextGaussian() + (current && k.equals("a|") ? 2 : 0);
                return x + "," + k + "," + random.nextDouble() + "," + random.nextInt(2) + ",,1";
            });
        }
        return frames.compare(POLICY);
    }

    @Test
    void shouldFollowThePublishedSchema() throws IOException {
        String schema = Files.readString(Path.of("../../resources/io/mldelivery/drift-report.schema.json"));
        var validator = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
        JsonNode document = DriftJson.of(verdict());
        assertThat(validator.validate(document.toString(), InputFormat.JSON)).isEmpty();
        assertThat(document.fieldNames()).toIterable().contains("performance", "joint", "segments", "monitoring");
        assertThat(validator.validate(DriftJson.error("x").toString(), InputFormat.JSON))
                .isEmpty();
        assertThat(validator.validate("{\"outcome\": \"MAYBE\"}", InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void shouldSayInMarkdownWhatChanged() {
        String text = DriftMarkdown.of(verdict(), "r.csv", "c.csv");
        assertThat(text)
                .startsWith("### Drift check: FAIL")
                .contains("| x | ks 0.")
                .contains("column 'gone' is missing in c.csv")
                .contains("domain-classifier on all columns")
                .contains("x where k = a\\|: distance");
    }

    @Test
    void shouldExportMetricsThatPrometheusReads() {
        String text = DriftMetrics.of(verdict(), "late \"flights\"", Instant.ofEpochSecond(1_000));
        assertThat(text)
                .contains("mldelivery_drift_outcome{model=\"late \\\"flights\\\"\",outcome=\"fail\"} 1\n")
                .contains("mldelivery_drift_drifted_columns{model=\"late \\\"flights\\\"\"} ")
                .contains("mldelivery_drift_check_timestamp_seconds{model=\"late \\\"flights\\\"\"} 1000\n")
                .contains("column=\"x\",method=\"ks\"} ");
        assertThat(text.lines().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("[a-z_]+\\{.*\\} -?[0-9.E-]+"));
    }

    @Test
    void shouldKeepHistoryAndDrawIt() {
        DriftVerdict verdict = verdict();
        DriftHistory history = DriftHistory.NONE.and("#1", verdict).and("#<2>", verdict);
        Path file = folder.resolve("history.jsonl");
        history.write(file);
        assertThat(DriftHistory.read(file)).isEqualTo(history);
        assertThat(DriftHistory.read(file).monitoring()).isEqualTo(verdict.monitoring());
        assertThat(DriftPage.of(verdict, history, "r", "c"))
                .contains("Last 2 checks")
                .contains("#&lt;2&gt;: FAIL");
        AtomicFile.write(file, "{\"name\": 1}\n");
        assertThatThrownBy(() -> DriftHistory.read(file))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("history.jsonl:1: not a drift check");
    }

    @Test
    void shouldStaySmallWhenAThousandColumnsDrifted() {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            header.append(i == 0 ? "" : ",").append("a_column_with_a_name_").append(i);
        }
        for (int seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            double shift = seed - 1;
            frames.write(seed == 2 ? "c.csv" : "r.csv", header.toString(), 200, row -> {
                StringBuilder line = new StringBuilder();
                for (int i = 0; i < 1000; i++) {
                    line.append(i == 0 ? "" : ",").append((float) (random.nextGaussian() + 3 * shift));
                }
                return line.toString();
            });
        }
        DriftVerdict verdict = frames.compare("policy: calibrated");
        assertThat(verdict.drifted()).hasSize(1000);
        assertThat(DriftPage.of(verdict, "r.csv", "c.csv").getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(500_000);
    }
}
