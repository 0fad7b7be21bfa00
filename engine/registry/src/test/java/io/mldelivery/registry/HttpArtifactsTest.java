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

    /** A model that MLflow 3 logged by itself belongs to no folder of a run; its version's source is {@code models:/m-…}. */
    @Test
    void shouldFetchALoggedModel() throws Exception {
        String experiment = mlflow.tracking().experiment("artifact-tests");
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        var model = json.readTree(send(
                        "POST",
                        "/api/2.0/mlflow/logged-models",
                        json.writeValueAsBytes(Map.of("experiment_id", experiment, "name", "onnx"))))
                .path("model")
                .path("info");
        String store = model.path("artifact_uri").asText().replaceFirst("^mlflow-artifacts:/+", "");
        send("PUT", "/api/2.0/mlflow-artifacts/artifacts/" + store + "/MLmodel", "flavors: {}".getBytes());
        send("PUT", "/api/2.0/mlflow-artifacts/artifacts/" + store + "/a%20b/model.onnx", bytes(3_000));
        String source = "models:/" + model.path("model_id").asText();
        send("POST", "/api/2.0/mlflow/registered-models/create", "{\"name\": \"logged\"}".getBytes());
        Map<String, String> wanted =
                Map.of("name", "logged", "source", source, "model_id", source.substring("models:/".length()));
        send("POST", "/api/2.0/mlflow/model-versions/create", json.writeValueAsBytes(wanted));
        RegisteredVersion version = mlflow.models().resolve("models:/logged/1").orElseThrow();

        artifacts.fetch(mlflow.models().address("logged", version.version()), folder.resolve("model"));

        assertThat(version.source()).isEqualTo(source);
        assertThat(folder.resolve("model/MLmodel")).hasContent("flavors: {}");
        assertThat(folder.resolve("model/a b/model.onnx")).hasSize(3_000);
        assertThatThrownBy(() -> artifacts.fetch("mlflow-artifacts:/" + store + "/none", folder.resolve("none")))
                .isInstanceOf(DeliveryException.class);
    }

    private static byte[] send(String method, String path, byte[] body) throws Exception {
        var answer = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                                        RealMlflow.server().uri().toString().replaceAll("/$", "") + path))
                                .header(
                                        "Content-Type",
                                        method.equals("PUT") ? "application/octet-stream" : "application/json")
                                .method(method, java.net.http.HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(200);
        return answer.body();
    }

    @Test
    void shouldFetchWhatIsInReachAndRefuseTheRestAtOnce() throws IOException {
        upload("build/model/model.onnx", bytes(10));
        Path local = Files.createDirectories(folder.resolve("of the server/sub"));
        Files.writeString(local.resolve("model.onnx"), "x");

        artifacts.fetch("runs:/" + run + "/build/model", folder.resolve("of a run"));
        artifacts.fetch("file://" + local.getParent(), folder.resolve("copied"));

        assertThat(folder.resolve("of a run/model.onnx")).hasSize(10);
        assertThat(folder.resolve("copied/sub/model.onnx")).hasContent("x");
        for (String address : java.util.List.of("s3://bucket/model", "/nowhere/model", "dbfs:/model", "")) {
            assertThatThrownBy(() -> artifacts.fetch(address, folder.resolve("none")))
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.code()).isEqualTo(DeliveryException.Code.CONFIG))
                    .hasMessageContaining("the model's files lie at " + address);
        }
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
