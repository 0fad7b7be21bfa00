package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate that runs a real model in the real model server. */
class GateRowsTest {
    private static final Path SERVING = Path.of("../../serving-image/target/serving.jar");
    private static final Path MODEL = Path.of("../../serving-image/src/test/resources/models/cancer");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void needTheServer() {
        boolean built = Files.exists(SERVING);
        assertThat(built || System.getenv("CI") == null)
                .as("the model server is not built")
                .isTrue();
        Assumptions.assumeTrue(built, "the model server is not built");
    }

    /** The model's own golden rows, many times over; true is what the model finds likelier than in half of them. */
    private void writeRows() throws IOException {
        JsonNode golden =
                new ObjectMapper().readTree(MODEL.resolve("golden.json").toFile());
        JsonNode inputs = golden.get("inputs");
        List<String> header = new ArrayList<>(List.of("id", "y"));
        for (int i = 0; i < inputs.get(0).size(); i++) {
            header.add("x" + i);
        }
        StringBuilder text = new StringBuilder(String.join(",", header) + "\n");
        JsonNode probabilities = golden.at("/outputs/probabilities");
        double middle = StreamSupport.stream(probabilities.spliterator(), false)
                .mapToDouble(p -> p.get(1).asDouble())
                .sorted()
                .skip(probabilities.size() / 2)
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 900; i++) {
            int row = i % inputs.size();
            double second = probabilities.get(row).get(1).asDouble();
            text.append(i).append(',').append(second >= middle ? 1 : 0);
            inputs.get(row).forEach(value -> text.append(',').append(value.asText()));
            text.append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), text);
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void shouldRunCandidateAndChampionOnTheRows() throws IOException {
        writeRows();
        Files.writeString(folder.resolve("gate.yaml"), """
                rules:
                - {metric: roc_auc, min: 0.99}
                - {metric: roc_auc, kind: non-inferiority, margin: 0.01}
                - {metric: roc_auc, kind: robustness, disturb: permute, margin: 0.01}
                """);
        long before = servers();
        int exit = run(
                "gate",
                "--policy",
                folder.resolve("gate.yaml").toString(),
                "--rows",
                folder.resolve("rows.csv").toString(),
                "--model",
                MODEL.toString(),
                "--champion-model",
                MODEL.toString(),
                "--serving",
                SERVING.toString(),
                "--json");
        assertThat(exit).as(out + "" + err).isEqualTo(1);
        JsonNode rules = new ObjectMapper().readTree(out.toString()).get("rules");
        assertThat(rules.get(0).get("candidate").asDouble()).isEqualTo(1);
        assertThat(rules.get(1).get("outcome").asText()).isEqualTo("PASS");
        assertThat(rules.get(1).get("difference").asDouble()).isZero();
        assertThat(rules.get(2).get("outcome").asText()).isEqualTo("FAIL");
        assertThat(rules.get(2).get("candidate").asDouble()).isLessThan(0.9);
        assertThat(servers()).isEqualTo(before);
    }

    private static long servers() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .count();
    }

    @Test
    void shouldSayWhyAModelCannotBeRun() throws IOException {
        writeRows();
        Files.writeString(folder.resolve("gate.yaml"), "rules: [{metric: accuracy, min: 0.9}]");
        Path broken = Files.createDirectories(folder.resolve("model"));
        Files.writeString(broken.resolve("model.onnx"), "no model");
        int exit = run(
                "gate",
                "--policy",
                folder.resolve("gate.yaml").toString(),
                "--rows",
                folder.resolve("rows.csv").toString(),
                "--model",
                broken.toString(),
                "--serving",
                SERVING.toString());
        assertThat(exit).as(out + "" + err).isEqualTo(3);
        assertThat(out.toString() + err).contains("is not ready");
        assertThat(run(
                        "gate",
                        "--policy",
                        folder.resolve("gate.yaml").toString(),
                        "--rows",
                        folder.resolve("rows.csv").toString(),
                        "--serving",
                        SERVING.toString()))
                .isEqualTo(64);
        assertThat(err.toString()).contains("the candidate is to be run, and its model is not named");
    }
}
