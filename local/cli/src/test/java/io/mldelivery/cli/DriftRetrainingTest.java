package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mldelivery run --triggers} as a process of its own, whose build finds drift and asks for a retraining. */
class DriftRetrainingTest {
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(folder.resolve("check/data"));
        Files.createDirectories(folder.resolve("train"));
        table("reference.csv", 0);
        table("july.csv", 400);
        Files.writeString(folder.resolve("triggers.yaml"), """
                triggers:
                - {name: flights-drift, sender: drift, jenkinsfile: train, parameters: {WHY: drift}, maxInVain: 1, coolDown: 0s}
                """);
        Files.writeString(folder.resolve("train/Jenkinsfile"), "node { echo \"trained because of ${params.WHY}\" }");
        Files.writeString(folder.resolve("check/Jenkinsfile"), """
                node {
                  def drift = driftCheck(reference: '%1$s/reference.csv', current: '%1$s/july.csv',
                      onDrift: 'retrain', retrain: 'flights-drift')
                  echo "retraining: ${drift.retrainingStarted}"
                }
                """.formatted(folder.resolve("check/data")));
    }

    private void table(String name, int shift) throws IOException {
        StringBuilder text = new StringBuilder("delay,carrier\n");
        for (int i = 0; i < 500; i++) {
            text.append(i + shift).append(',').append("ABC".charAt(i % 3)).append('\n');
        }
        Files.writeString(folder.resolve("check/data").resolve(name), text);
    }

    private String run() throws Exception {
        Path log = folder.resolve("run.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run"));
        command.addAll(List.of("-f", folder.resolve("check/Jenkinsfile").toString()));
        command.addAll(List.of("--home", folder.resolve("home").toString()));
        command.addAll(List.of("--triggers", folder.resolve("triggers.yaml").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("MLFLOW_TRACKING_URI", "http://127.0.0.1:1"); // none is needed
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(1);
        return Files.readString(log);
    }

    @Test
    void shouldRetrainAfterTheBuildUntilItProvesUseless() throws Exception {
        assertThat(run())
                .contains("[drift] retraining starts: 1 of 4 automatic retrainings within 24 hours.")
                .contains("retraining: true", "Finished: UNSTABLE", "train: the build ended with exit code 0");
        assertThat(run())
                .contains("[drift] retraining does not start: Drift went on after 1 automatic retrainings (limit 1)")
                .contains("retraining: false");
        try (var logs = Files.list(folder.resolve("home/retraining-logs"))) {
            assertThat(logs.toList())
                    .hasSize(1)
                    .allSatisfy(log -> assertThat(log).content().contains("trained because of drift"));
        }
    }
}
