package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.digest.Sha256;
import io.mldelivery.evidence.EvidenceLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class GateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void writePolicy() throws IOException {
        write("gate.yaml", "rules: [{metric: roc_auc, min: 0.8}, {metric: roc_auc, kind: change, min: -0.01}]");
        write("metrics.json", "{\"roc_auc\": 0.85}");
        write("baseline.json", "{\"roc_auc\": 0.855}");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private int run(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].matches(".*\\.(yaml|json|csv|xml)")) {
                arguments[i] = folder.resolve(arguments[i]).toString();
            }
        }
        var line =
                new CommandLine(new GateCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        line.setExecutionExceptionHandler((e, l, r) -> {
            l.getErr().println(e.getMessage());
            return 64;
        });
        return line.execute(arguments);
    }

    @ParameterizedTest
    @CsvSource({"0.85, 0", "0.8, 1", "0.84, 1", "NaN, 3"})
    void shouldExitByOutcome(String value, int code) throws IOException {
        write("metrics.json", "{\"roc_auc\": " + value + "}");
        assertThat(run("--policy", "gate.yaml", "--metrics", "metrics.json", "--baseline", "baseline.json"))
                .isEqualTo(code);
        assertThat(out.toString()).contains("Gate: ");
    }

    @Test
    void shouldBeInconclusiveWithoutAChampion() {
        assertThat(run("--policy", "gate.yaml", "--metrics", "metrics.json")).isEqualTo(2);
        assertThat(out.toString()).contains("firstVersion: allow");
    }

    @Test
    void shouldPrintOneJsonDocument() throws IOException {
        int code = run("--policy", "gate.yaml", "--metrics", "metrics.json", "--baseline", "baseline.json", "--json");
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(code).isZero();
        assertThat(json.get("outcome").asText()).isEqualTo("PASS");
        assertThat(json.get("rules")).hasSize(2);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldPrintJsonOfWhatCouldNotBeMeasured() throws IOException {
        assertThat(run("--policy", "gate.yaml", "--metrics", "none.json", "--json"))
                .isEqualTo(3);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("outcome").asText()).isEqualTo("ERROR");
        assertThat(json.get("reason").asText()).contains("none.json: there is no such file");
        assertThat(json.get("rules").isArray()).isTrue();
    }

    @Test
    void shouldRefuseWrongPoliciesAndArguments() throws IOException {
        assertThat(run("--policy", "none.yaml", "--metrics", "metrics.json")).isEqualTo(64);
        write("gate.yaml", "rules: [{metric: roc_auc, mim: 0.8}]");
        assertThat(run("--policy", "gate.yaml", "--metrics", "metrics.json")).isEqualTo(64);
        assertThat(run("--policy", "gate.yaml")).isEqualTo(64);
        assertThat(err.toString())
                .contains("there is no such file")
                .contains("unknown key 'mim'")
                .contains("nothing to judge by");
    }

    @Test
    void shouldWriteJUnitXml() throws IOException {
        run("--policy", "gate.yaml", "--metrics", "metrics.json", "--baseline", "baseline.json", "--junit", "gate.xml");
        assertThat(folder.resolve("gate.xml")).content().contains("tests=\"2\" failures=\"0\"");
    }

    @Test
    void shouldWriteAPolicyThatTheModelPasses() {
        assertThat(run("init", "--metrics", "metrics.json", "--output", "first.yaml"))
                .isZero();
        assertThat(run("--policy", "first.yaml", "--metrics", "metrics.json", "--baseline", "metrics.json"))
                .isZero();
        assertThat(run("init", "--metrics", "metrics.json", "--output", "first.yaml"))
                .isEqualTo(64);
        assertThat(err.toString()).contains("there is such a file already");
        assertThat(run("init")).isNotZero();
    }

    @Test
    void shouldKnowTheJobsEarlierBuildsDecisionsAndWaivers() throws IOException {
        Path job = folder.resolve("jobs/flights");
        var evidence = EvidenceLog.at(job.resolve("builds/7/evidence.jsonl"));
        evidence.append(
                "gate.evaluated",
                Map.of(
                        "outcome",
                        "PASS",
                        "rules",
                        List.of(Map.of("metric", "roc_auc", "kind", "threshold", "candidate", 0.99))));
        write("history.yaml", "rules: [{metric: roc_auc, kind: change, min: -0.01, against: {builds: 3}}]");
        String[] gate = {"--policy", "history.yaml", "--metrics", "metrics.json", "--job", job.toString()};
        assertThat(run(gate.clone())).isEqualTo(1);
        assertThat(out.toString()).contains("flights #7");

        String version = "sha256:" + Sha256.of(folder.resolve("metrics.json"));
        String[] waiver = {"waive", "--job", job.toString(), "--rule", "roc_auc change", "--version", version};
        assertThat(run(with(waiver, "--until", LocalDate.now().plusDays(3).toString())))
                .isEqualTo(64);
        assertThat(err.toString()).contains("a waiver needs a reason");
        assertThat(run(with(waiver, "--until", LocalDate.now().plusDays(3).toString(), "--reason", "a known gap")))
                .isZero();
        assertThat(run(gate.clone())).isZero();
        assertThat(out.toString()).contains("waived by").contains("a known gap");
        assertThat(run(with(waiver, "--revoke"))).isZero();
        assertThat(run(gate.clone())).isEqualTo(1);
    }

    private static String[] with(String[] start, String... more) {
        return Stream.concat(Stream.of(start), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void shouldCountDecisionsByAnEvaluationSet() throws IOException {
        write("set.yaml", "rules: [{metric: accuracy, min: 0.1, decide: interval}]\nholdout: {uses: 1}");
        String[] gate = {
            "--policy",
            "set.yaml",
            "--predictions",
            "rows.csv",
            "--job",
            folder.resolve("job").toString()
        };
        for (int use = 1; use <= 2; use++) {
            StringBuilder rows = new StringBuilder("id,y,score\n");
            for (int i = 0; i < 60; i++) {
                rows.append(i)
                        .append(',')
                        .append(i % 2)
                        .append(',')
                        .append((i % 7 + use) / 10.0)
                        .append('\n');
            }
            write("rows.csv", rows.toString());
            assertThat(run(gate.clone())).isEqualTo(use == 1 ? 0 : 2);
        }
        assertThat(out.toString()).contains("WARNING: Decision 2 of 1");
    }
}
