package io.mldelivery.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submits the built jar as spark-submit does: its class path holds Spark and nothing of this product. */
class SubmittedJarTest {
    @TempDir
    private Path folder;

    private static List<String> submit(String... arguments) {
        String spark = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !entry.matches(".*/(engine-|picocli|snakeyaml|commons-statistics|duckdb).*"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of("java", "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(System.getProperty("spark.opens").split(" ")));
        command.addAll(List.of("-cp", spark, "org.apache.spark.deploy.SparkSubmit", "--master", "local[1]"));
        Stream.of("spark.ui.enabled=false", "spark.driver.bindAddress=127.0.0.1", "spark.driver.host=127.0.0.1")
                .forEach(option -> command.addAll(List.of("--conf", option)));
        command.addAll(List.of("--class", "io.mldelivery.spark.DriftOnSpark", System.getProperty("spark.jar")));
        command.addAll(List.of(arguments));
        return command;
    }

    private void table(String name, int shift) throws IOException {
        StringBuilder text = new StringBuilder("x,k\n");
        for (int i = 0; i < 300; i++) {
            text.append(i + shift).append(",k").append(i % 4).append('\n');
        }
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void shouldCheckAndExitWithTheVerdict() throws Exception {
        table("r.csv", 0);
        table("c.csv", 200);
        Path printed = folder.resolve("printed.json");
        Process process = new ProcessBuilder(submit(
                        "drift",
                        "--reference",
                        "r.csv",
                        "--current",
                        "c.csv",
                        "--json",
                        "--html",
                        "drift.html",
                        "--outcome",
                        "outcome"))
                .directory(folder.toFile())
                .redirectOutput(printed.toFile())
                .redirectError(folder.resolve("log").toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("log")))
                .isEqualTo(1);
        assertThat(printed)
                .as(Files.readString(folder.resolve("log")))
                .content()
                .startsWith("{");
        JsonNode document = new ObjectMapper().readTree(printed.toFile());
        assertThat(document.get("outcome").asText()).isEqualTo("FAIL");
        assertThat(document.at("/columns/0/drifted").asBoolean()).isTrue();
        assertThat(document.at("/columns/1/drifted").asBoolean()).isFalse();
        assertThat(Files.readString(folder.resolve("outcome"))).isEqualTo("1\n");
        assertThat(folder.resolve("drift.html")).content().contains("<svg");
    }
}
