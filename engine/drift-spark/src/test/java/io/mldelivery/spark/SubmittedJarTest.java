package io.mldelivery.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.drift.report.DriftFiles;
import io.mldelivery.drift.submit.SparkSubmission;
import io.mldelivery.drift.submit.SubmittedCheck;
import io.mldelivery.drift.submit.Surroundings;
import io.mldelivery.model.DeliveryException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submits the built jar by Spark's own SparkSubmit: its class path holds Spark and nothing of this product. */
class SubmittedJarTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "spark.ui.enabled", "false", "spark.driver.bindAddress", "127.0.0.1", "spark.driver.host", "127.0.0.1");

    @TempDir
    private Path folder;

    private final List<String> printed = Collections.synchronizedList(new ArrayList<>());
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

    /** As bin/spark-submit of the distribution: the launcher's class, Spark's jars, Spark's module options. */
    @BeforeEach
    void install() throws IOException {
        String spark = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !entry.matches(".*/(engine-|picocli|snakeyaml|commons-statistics|duckdb).*"))
                .collect(Collectors.joining(File.pathSeparator));
        Path submit = folder.resolve("spark/bin/spark-submit");
        Files.createDirectories(submit.getParent());
        Files.writeString(
                submit,
                "#!/bin/sh\nexec java -Xmx512m -XX:TieredStopAtLevel=1 " + System.getProperty("spark.opens") + " -cp '"
                        + spark + "' org.apache.spark.deploy.SparkSubmit \"$@\"\n");
        Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void table(String name, int shift) throws IOException {
        StringBuilder text = new StringBuilder("x,k\n");
        for (int i = 0; i < 300; i++) {
            text.append(i + shift).append(",k").append(i % 4).append('\n');
        }
        Files.writeString(folder.resolve(name), text);
    }

    private int submit(List<String> arguments) {
        SparkSubmission submission = SparkSubmission.find(
                Optional.of(folder.resolve("spark")),
                Optional.of(Path.of(System.getProperty("spark.jar"))),
                Map.of(),
                Optional.of("local[1]"),
                SETTINGS);
        try {
            return submission.run(arguments, new Surroundings(folder, Map.of(), printed::add, messages::add));
        } catch (DeliveryException e) {
            if (e.what().startsWith("spark-submit ended")) {
                throw new AssertionError(String.join("\n", messages), e);
            }
            throw e;
        }
    }

    @Test
    void shouldCheckAndEndWithTheVerdict() throws Exception {
        table("r.csv", 0);
        table("c.csv", 200);
        var files = new DriftFiles(
                Optional.of(Path.of("drift.html")),
                Optional.empty(),
                Optional.of(Path.of("history")),
                "#7",
                Optional.empty(),
                Optional.empty(),
                "");
        List<String> arguments =
                new SubmittedCheck("r.csv", "models:/m@champion", "c.csv", Optional.empty(), files).arguments();
        arguments.addAll(List.of(SubmittedCheck.DOCUMENT, "drift.json", SubmittedCheck.EVIDENCE, "evidence"));

        assertThat(submit(arguments)).as(String.join("\n", messages)).isEqualTo(1);

        assertThat(printed.get(0)).startsWith("FAIL: 1 of 2 columns drifted");
        JsonNode document =
                new ObjectMapper().readTree(folder.resolve("drift.json").toFile());
        assertThat(document.at("/columns/0/drifted").asBoolean()).isTrue();
        assertThat(document.at("/columns/1/drifted").asBoolean()).isFalse();
        JsonNode evidence =
                new ObjectMapper().readTree(folder.resolve("evidence").toFile());
        assertThat(evidence.get("reference").asText()).isEqualTo("models:/m@champion");
        assertThat(evidence.get("current").asText()).isEqualTo("c.csv");
        assertThat(evidence.at("/columns/0/plot/edges").isArray()).isTrue();
        assertThat(folder.resolve("drift.html")).content().contains("<svg").contains("models:/m@champion");
        assertThat(folder.resolve("history")).content().contains("#7");
    }
}
