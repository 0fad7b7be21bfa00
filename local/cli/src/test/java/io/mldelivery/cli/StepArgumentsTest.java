package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.mldelivery.runner.RunRequest;
import io.mldelivery.runner.Runner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arguments of the plugins' steps, as the runner binds them. */
class StepArgumentsTest {
    @TempDir
    Path folder;

    @Test
    void shouldRefuseAnArgumentThatAStepDoesNotHave() throws IOException {
        assertThat(log("node { evaluateGate polcy: 'gate.yaml', candidate: 'metrics.json' }"))
                .contains("ERROR: evaluateGate has no argument 'polcy'\nDid you mean: policy?\nFinished: FAILURE")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldListTheArgumentsWhereNoneIsNear() throws IOException {
        assertThat(log("node { driftCheck reference: 'a.csv', current: 'b.csv', xyzzy: 1 }"))
                .contains("ERROR: driftCheck has no argument 'xyzzy'\nKnown: ", "policy");
    }

    private String log(String pipeline) throws IOException {
        Path script = Files.writeString(folder.resolve("Jenkinsfile"), pipeline);
        var log = new ByteArrayOutputStream();
        Result result = Runner.run(
                RunRequest.of(script, folder.resolve("home")), new PrintStream(log, true, StandardCharsets.UTF_8));
        assertThat(result).isEqualTo(Result.FAILURE);
        return log.toString(StandardCharsets.UTF_8);
    }
}
