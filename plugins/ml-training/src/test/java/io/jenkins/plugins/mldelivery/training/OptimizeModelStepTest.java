package io.jenkins.plugins.mldelivery.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.plugin.testing.FakeStepContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step in the stand-in for a controller, with real tools. */
class OptimizeModelStepTest {
    private static final Path FILES =
            Path.of("../../engine/training/src/test/resources/io/mldelivery/training/optimize");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private LocalRun build;
    private Path workspace;

    @BeforeEach
    void startBuild() throws Exception {
        LocalJenkins.start(folder.resolve("home"));
        build = LocalJob.named("flights").newBuild();
        workspace = Files.createDirectories(folder.resolve("workspace"));
        Path model = Files.createDirectories(workspace.resolve("build/model"));
        for (String file : new String[] {"model.onnx", "golden.json"}) {
            Files.copy(FILES.resolve("mlp").resolve(file), model.resolve(file));
        }
        Files.copy(FILES.resolve("onnx.lock"), workspace.resolve("requirements.lock"));
    }

    @AfterEach
    void stopJenkins() {
        LocalJenkins.stop();
    }

    private OptimizationResult optimize(OptimizeModelStep step) throws Throwable {
        FakeStepContext context = new FakeStepContext()
                .with(Run.class, build)
                .with(FilePath.class, new FilePath(workspace.toFile()))
                .with(EnvVars.class, new EnvVars())
                .with(TaskListener.class, new StreamTaskListener(log, StandardCharsets.UTF_8));
        step.start(context).start();
        return (OptimizationResult) context.result();
    }

    @Test
    void shouldOptimiseAndTellTheEvidence() throws Throwable {
        OptimizationResult result;
        try {
            result = optimize(new OptimizeModelStep("build/model", "build/int8", "requirements.lock"));
        } catch (AbortException e) {
            boolean noNetwork = e.getMessage().contains("download") && !"true".equals(System.getenv("CI"));
            Assumptions.assumeFalse(noNetwork, "no Python environment here: " + e.getMessage());
            throw e;
        }

        assertThat(result.getBytes()).isLessThan(result.getBytesBefore());
        assertThat(workspace.resolve("build/int8/golden.json")).exists();
        JsonNode event = BuildEvidence.of(build).events().stream()
                .filter(each -> each.type().equals("model.optimized"))
                .findFirst()
                .orElseThrow()
                .data();
        assertThat(event.path("method").asText()).isEqualTo("dynamic");
        assertThat(event.path("after").path("bytes").asLong()).isEqualTo(result.getBytes());
        assertThat(event.path("quantizedNodes").asInt()).isEqualTo(2);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("build/model optimised (dynamic): 5455 -> ");
    }

    @Test
    void shouldFailInTwoLinesForAnUnknownMethod() {
        OptimizeModelStep step = new OptimizeModelStep("build/model", "build/int8", "requirements.lock");
        step.setMethod("int4");

        assertThatThrownBy(() -> optimize(step))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("the method 'int4' is unknown")
                .hasMessageContaining("graph, dynamic, static");
    }
}
