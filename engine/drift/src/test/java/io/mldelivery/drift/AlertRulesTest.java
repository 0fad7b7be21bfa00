package io.mldelivery.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The alert rules, by Prometheus' own test program. */
class AlertRulesTest {
    private static final Path RULES = Path.of("../../deploy/prometheus").toAbsolutePath();

    @Test
    void shouldAlertAsTheirTestSays() throws Exception {
        boolean installed = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
        assumeTrue(installed || "true".equals(System.getenv("CI")), "promtool (Debian: prometheus) is not installed");
        Process promtool = new ProcessBuilder("promtool", "test", "rules", "drift.rules.test.yaml")
                .directory(RULES.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes());
        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(output).isZero();
        assertThat(output).contains("SUCCESS");
    }
}
