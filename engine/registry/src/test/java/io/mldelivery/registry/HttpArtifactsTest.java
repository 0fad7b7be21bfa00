package io.mldelivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.digest.Sha256;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpArtifactsTest {
    @TempDir
    Path folder;

    private final Mlflow mlflow = RealMlflow.connect();
    private final Artifacts artifacts = mlflow.artifacts();
    private String run;

    @BeforeEach
    void startRun() {
        Tracking tracking = mlflow.tracking();
        run = tracking.start(tracking.experiment("artifact-tests"), "a", Map.of(), Instant.now())
                .runId();
    }

    @Test
    void shouldBringBackAFolderAsItWas() throws IOException {
        upload("build/model/model.onnx", bytes(3_000_000));
        upload("build/model/deep/er/ä b+c.txt", "x".getBytes());
        upload("build/metrics.json", "{}".getBytes());

        artifacts.download(run, "build", folder.resolve("back"));

        assertThat(Sha256.of(folder.resolve("back/model/model.onnx")))
                .isEqualTo(Sha256.of(folder.resolve("up/build/model/model.onnx")));
        assertThat(folder.resolve("back/model/deep/er/ä b+c.txt")).hasContent("x");
        assertThat(folder.resolve("back/metrics.json")).hasContent("{}");
    }

    @Test
    void shouldListOneFolder() throws IOException {
        upload("build/model/model.onnx", bytes(10));
        upload("build/metrics.json", "{}".getBytes());

        assertThat(artifacts.list(run, "build"))
                .containsExactlyInAnyOrder(
                        new Artifact("build/model", true, 0), new Artifact("build/metrics.json", false, 2));
        assertThat(artifacts.list(run, "absent")).isEmpty();
    }

    @Test
    void shouldStoreOverWhatWasThereAndAnEmptyFile() throws IOException {
        upload("a.txt", "one".getBytes());
        upload("a.txt", new byte[0]);

        artifacts.download(run, "a.txt", folder.resolve("a.txt"));

        assertThat(folder.resolve("a.txt")).isEmptyFile();
    }

    @Test
    void shouldLeaveNothingWhenTheArtifactIsAbsent() {
        Path target = folder.resolve("none.txt");

        assertThatThrownBy(() -> artifacts.download(run, "none.txt", target))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("no artifact 'none.txt'");
        assertThat(folder).isEmptyDirectory();
    }

    private void upload(String path, byte[] content) throws IOException {
        Path file = folder.resolve("up").resolve(path);
        Files.createDirectories(file.getParent());
        artifacts.upload(run, path, Files.write(file, content));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
