package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kinds of model folders. Each has golden rows, so ready means that it computes what it should. */
class EnginesTest {

    @TempDir
    Path folder;

    private static TestServer serve(String model) {
        TestServer server = TestServer.start("--models", "m=" + TestServer.MODELS.resolve(model));
        server.awaitReady();
        return server;
    }

    /** From 1.29 the official library sends what it learns of models and machines to its maker. */
    @Test
    void shouldHaveAnEngineThatReportsToNobody() throws IOException {
        try (var library =
                EnginesTest.class.getResourceAsStream("/ai/onnxruntime/native/linux-x64/libonnxruntime.so")) {
            assertThat(new String(library.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("OneCollector");
        }
    }

    @Test
    void shouldServeMapsAsRows() {
        try (TestServer server = serve("cancer-zipmap")) {
            assertThat(server.post("/predictions/m", TestServer.cancerRows(2)).body())
                    .isEqualTo("{\"predictions\":[{\"key\":\"output_label\",\"value\":[0,0]},"
                            + "{\"key\":\"output_probability\",\"value\":[[1.0,0.0],[1.0,0.0]]}]}");
        }
    }

    /** A tensor of 400 petabytes, beside which others are answered. */
    @Test
    void shouldSayOutOfMemoryAndGoOnWhenTheEngineCannotAllocate() {
        try (TestServer server = TestServer.startCancer("--models", "greedy=" + TestServer.MODELS.resolve("greedy"))) {
            HttpResponse<String> reply = server.post("/predictions/greedy", "[1000000000, 100000000]");

            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(503);
            assertThat(reply.body()).contains("OUT_OF_MEMORY");
            assertThat(reply.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(server.post("/predictions/greedy", "[2, 2]").body())
                    .isEqualTo("{\"predictions\":[[0.0,0.0],[0.0,0.0]]}");
            assertThat(server.post("/predictions/cancer", TestServer.cancerRows(1))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldServeAnMlflowFolderAndOrderColumnsByItsSignature() {
        String columns =
                "{\"dataframe_split\":{\"columns\":[\"radius\",\"texture\",\"perimeter\"],\"data\":[[14,20,90]]}}";
        String other =
                "{\"dataframe_split\":{\"columns\":[\"perimeter\",\"radius\",\"texture\"],\"data\":[[90,14,20]]}}";
        String record = "{\"dataframe_records\":[{\"texture\":20,\"perimeter\":90,\"radius\":14}]}";
        try (TestServer server = serve("mlflow")) {
            HttpResponse<String> reply = server.post("/invocations", columns);

            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.body()).startsWith("{\"predictions\":{\"label\":[");
            assertThat(server.post("/invocations", other).body()).isEqualTo(reply.body());
            assertThat(server.post("/invocations", record).body()).isEqualTo(reply.body());
            assertThat(server.post("/invocations", "{\"inputs\":[[14,20,90]]}").body())
                    .isEqualTo(reply.body());
        }
    }

    @Test
    void shouldNameTheColumnsOfAnMlflowModelWhenOneIsWrong() {
        try (TestServer server = serve("mlflow")) {
            assertThat(server.post("/invocations", "{\"dataframe_records\":[{\"radius\":1,\"texture\":2}]}")
                            .body())
                    .contains("Column 'perimeter' is missing", "[radius, texture, perimeter]");
            assertThat(server.post("/invocations", "{\"dataframe_records\":[{\"smoothness\":1}]}")
                            .body())
                    .contains("Unknown column 'smoothness'");
        }
    }

    @Test
    void shouldServeABoosterWithOneRowOfProbabilitiesForEachInput() {
        try (TestServer server = serve("iris-xgboost")) {
            assertThat(server.post("/predictions/m", "[[5.1,3.5,1.4,0.2],[6.9,3.2,5.7,2.3]]")
                            .body())
                    .matches(
                            "\\{\"predictions\":\\[\\[0\\.70\\d+,0\\.1\\d+,0\\.1\\d+],\\[0\\.15\\d+,0\\.16\\d+,0\\.68\\d+]]}");
            assertThat(server.post("/predictions/m", "[[1,2]]").body()).contains("WRONG_SHAPE", "[-1, 4]");
            assertThat(server.get("/v2/models/m").body()).contains("\"platform\":\"xgboost\"");
        }
    }

    @Test
    void shouldServeAnMlflowFolderOfTheXgboostFlavor() {
        try (TestServer server = serve("mlflow-xgboost")) {
            String record = "{\"dataframe_records\":[{\"petal_width\":0.2,\"petal_length\":1.4,\"sepal_width\":3.5,"
                    + "\"sepal_length\":5.1}]}";
            assertThat(server.post("/invocations", record).body())
                    .isEqualTo(
                            server.post("/invocations", "[[5.1,3.5,1.4,0.2]]").body())
                    .startsWith("{\"predictions\":[[0.7");
            assertThat(server.post("/predictions/m", "[[1,2]]").body()).contains("WRONG_SHAPE", "[-1, 4]");
        }
    }

    @Test
    void shouldReadTheNumberOfColumnsOfABoosterInUbjson() throws IOException {
        Files.copy(TestServer.MODELS.resolve("mlflow-xgboost/model.ubj"), folder.resolve("model.ubj"));
        try (TestServer server = TestServer.start("--models", "m=" + folder)) {
            server.awaitReady();
            assertThat(server.post("/predictions/m", "[[1,2]]").body()).contains("WRONG_SHAPE", "[-1, 4]");
        }
    }

    @Test
    void shouldServeTorchScript() {
        try (TestServer server = serve("mlp-torch")) {
            assertThat(server.post("/predictions/m", "[[5.1,3.5,1.4,0.2],[6.9,3.2,5.7,2.3]]")
                            .body())
                    .matches("\\{\"predictions\":\\[(\\[[^]]+],?){2}]}");
            assertThat(server.post("/predictions/m", "[[1,2]]").body())
                    .contains("MODEL_FAILED", "mat1 and mat2 shapes cannot be multiplied");
            assertThat(server.get("/v2/models/m").body()).contains("\"platform\":\"pytorch_torchscript\"");
        }
    }

    @Test
    void shouldServeAnMlflowFolderOfTheTorchFlavor() {
        try (TestServer server = serve("mlflow-torch")) {
            String record = "{\"dataframe_records\":[{\"petal_width\":0.2,\"petal_length\":1.4,\"sepal_width\":3.5,"
                    + "\"sepal_length\":5.1}]}";
            assertThat(server.post("/invocations", record).body())
                    .isEqualTo(
                            server.post("/invocations", "[[5.1,3.5,1.4,0.2]]").body())
                    .startsWith("{\"predictions\":");
        }
    }

    @Test
    void shouldNotRunAPickledNetwork() throws IOException {
        Files.writeString(folder.resolve("MLmodel"), "flavors:\n  pytorch:\n    model_data: data\n");
        Files.createDirectory(folder.resolve("data"));
        Files.write(folder.resolve("data/model.pth"), new byte[] {(byte) 0x80, 2, '.'});
        failed("Cannot load");
    }

    @Test
    void shouldNotBeReadyWhenABoosterIsCorrupt() throws IOException {
        Files.writeString(folder.resolve("model.json"), "{\"learner\":");
        failed("Cannot load");
    }

    @Test
    void shouldNotBeReadyWhenAnMlflowModelIsAPythonFunction() throws IOException {
        Files.writeString(
                folder.resolve("MLmodel"), "flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n");
        failed("none of the flavors onnx, xgboost and pytorch, but [python_function]");
    }

    @Test
    void shouldNotBeReadyWhenMlmodelIsNoYaml() throws IOException {
        Files.writeString(folder.resolve("MLmodel"), "flavors: [");
        failed("MLmodel");
    }

    @Test
    void shouldNotBeReadyWhenTheModelFileLiesOutsideTheFolder() throws IOException {
        Files.writeString(folder.resolve("MLmodel"), "flavors:\n  onnx:\n    data: ../../etc/passwd\n");
        failed("lies outside");
    }

    @Test
    void shouldNotBeReadyWhenTheFolderHasNoModel() throws IOException {
        Files.writeString(folder.resolve("serving.properties"), "engine=OnnxRuntime\n");
        failed("No model file in");
    }

    private void failed(String reason) {
        try (TestServer server = TestServer.start("--models", "m=" + folder)) {
            server.await("/health/startup", 200);
            assertThat(server.await("/health/ready", 503).body()).contains("failed", "CORRUPT_MODEL", reason);
        }
    }
}
