package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that does not compute what it computed in training is not served. */
class GoldenTest {

    @TempDir
    Path folder;

    private String golden;

    @BeforeEach
    void copyModel() throws IOException {
        Path source = TestServer.MODELS.resolve("cancer");
        Files.copy(source.resolve("model.onnx"), folder.resolve("model.onnx"));
        golden = Files.readString(source.resolve("golden.json"));
    }

    private HttpResponse<String> ready(String file, String content, int status) throws IOException {
        Files.writeString(folder.resolve(file), content);
        try (TestServer server = TestServer.start("--models", "cancer=" + folder)) {
            server.await("/health/startup", 200);
            HttpResponse<String> ready = server.await("/health/ready", status);
            assertThat(server.get("/ping").statusCode()).isEqualTo(status);
            assertThat(server.post("/predictions/cancer", TestServer.cancerRows(1))
                            .statusCode())
                    .isEqualTo(status);
            return ready;
        }
    }

    @Test
    void shouldServeWhenTheGoldenRowsAreWithinTheTolerance() throws IOException {
        ready("golden.json", golden, 200);
    }

    @Test
    void shouldNotBeReadyAndNameTheLargestDifferenceWhenAGoldenRowDiffers() throws IOException {
        String other = golden.replace("0.9999681711196899", "0.9");

        assertThat(ready("golden.json", other, 503).body())
                .contains("\"status\":\"failed\"", "GOLDEN_MISMATCH")
                .contains("Golden row 1 of 'probabilities': expected 0.9, got 0.99")
                .contains("largest difference 0.100, tolerance 0.000100");
    }

    @Test
    void shouldPassWhenTheToleranceIsLargerThanTheDifference() throws IOException {
        ready("golden.json", golden.replace("0.9999681711196899", "0.9").replace("0.0001}", "0.2}"), 200);
    }

    @Test
    void shouldNotBeReadyWhenTheOutputIsUnknown() throws IOException {
        assertThat(ready("golden.json", golden.replace("\"label\"", "\"class\""), 503)
                        .body())
                .contains("expects output 'class', the model has [label, probabilities]");
    }

    @Test
    void shouldNotBeReadyWhenTheGoldenFileIsBroken() throws IOException {
        assertThat(ready("golden.json", "{\"inputs\": [[1,]]}", 503).body()).contains("golden.json", "line 1, column");
    }

    @Test
    void shouldNotBeReadyWhenTheModelFileIsCorrupt() throws IOException {
        assertThat(ready("model.onnx", "no model", 503).body()).contains("CORRUPT_MODEL", "Cannot load");
    }

    @Test
    void shouldNotBeReadyWhenTheModelIsForANewerEngine() throws IOException {
        byte[] model = Files.readAllBytes(folder.resolve("model.onnx"));
        model[1] = 99;
        Files.write(folder.resolve("model.onnx"), model);
        assertThat(model[0]).as("tag of ir_version").isEqualTo((byte) 8);

        assertThat(ready("golden.json", golden, 503).body()).contains("CORRUPT_MODEL", "target_opset");
    }

    /** The file ends with the versions of its two operator sets. */
    @Test
    void shouldNotBeReadyWhenTheModelUsesANewerOpset() throws IOException {
        byte[] model = Files.readAllBytes(folder.resolve("model.onnx"));
        assertThat(model[model.length - 1]).as("version of an operator set").isEqualTo((byte) 17);
        model[model.length - 1] = 99;
        model[model.length - 7] = 99;
        Files.write(folder.resolve("model.onnx"), model);

        assertThat(ready("golden.json", golden, 503).body()).contains("CORRUPT_MODEL", "Opset 99", "target_opset");
    }

    @Test
    void shouldNotBeReadyWhenAnOptionIsUnknown() throws IOException {
        assertThat(ready("serving.properties", "batchsise=3", 503).body()).contains("Unknown key 'batchsise'");
    }

    @Test
    void shouldBeReadyWhenTheFailedModelIsNotRequired() throws IOException {
        Files.writeString(folder.resolve("golden.json"), golden.replace("0.9999681711196899", "0.9"));
        Files.writeString(folder.resolve("serving.properties"), "required=false");
        try (TestServer server = TestServer.start("--models", "cancer=" + folder)) {
            server.await("/health/startup", 200);
            assertThat(server.get("/health/ready").body()).contains("\"status\":\"degraded\"", "FAILED");
        }
    }
}
