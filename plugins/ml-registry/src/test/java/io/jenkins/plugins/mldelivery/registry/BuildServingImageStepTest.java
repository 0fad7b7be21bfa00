package io.jenkins.plugins.mldelivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.plugin.testing.FakeStepContext;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildServingImageStepTest {
    @TempDir
    Path folder;

    @Test
    void shouldNameWhatToDeployByItsDigest() {
        assertThat(image("registry.example.org:5000/models/flights:3"))
                .hasToString("registry.example.org:5000/models/flights@sha256:1");
        assertThat(image("models/flights")).hasToString("models/flights@sha256:1");
        assertThat(image("tar:flights.tar")).hasToString("tar:flights.tar");
    }

    private static ServingImage image(String reference) {
        return new ServingImage("flights", "3", "00", reference, "sha256:1", Map.of("amd64", "sha256:1"));
    }

    @Test
    void shouldReadArguments() {
        BuildServingImageStep step = new BuildServingImageStep(" models:/flights/3 ", "scratch", "tar:flights.tar");
        assertThat(step.architectureNames()).containsExactly("amd64");

        step.setArchitectures("amd64, arm64");
        step.setLabels(Map.of("team", 7));
        step.setEngines(null);

        assertThat(step.getModel()).isEqualTo("models:/flights/3");
        assertThat(step.architectureNames()).containsExactly("amd64", "arm64");
        assertThat(step.getLabels()).containsEntry("team", "7");
        assertThat(step.getEngines()).isEmpty();
    }

    @Test
    void shouldFailInTwoLinesWhenTheProgramIsMissing() throws Exception {
        LocalJenkins.start(folder.resolve("home"));
        try {
            FakeStepContext context = new FakeStepContext()
                    .with(Run.class, LocalJob.named("flights").newBuild())
                    .with(FilePath.class, new FilePath(folder.toFile()))
                    .with(EnvVars.class, new EnvVars(Map.of("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")))
                    .with(TaskListener.class, TaskListener.NULL);

            new BuildServingImageStep("models:/flights/3", "scratch", "tar:flights.tar")
                    .start(context)
                    .start();

            assertThatThrownBy(context::result)
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining("MLDELIVERY_SERVING_IMAGE is not set")
                    .hasMessageContaining("Set it to the path of serving-image.jar on this agent");
        } finally {
            LocalJenkins.stop();
        }
    }
}
