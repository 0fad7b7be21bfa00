package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionLogTest {

    private static final String ROW = "{\"inputs\":[[14,20,90],[1,2,3]]}";

    @TempDir
    Path folder;

    private TestServer serve(String... options) {
        List<String> all = new ArrayList<>(List.of("--models", "m=" + TestServer.MODELS.resolve("mlflow")));
        all.addAll(List.of("--log-dir", folder.resolve("log").toString()));
        all.addAll(List.of(options));
        TestServer server = TestServer.start(all.toArray(String[]::new));
        server.awaitReady();
        return server;
    }

    private static HttpResponse<String> predict(TestServer server, String id) {
        return server.send(HttpRequest.newBuilder(server.uri("/predictions/m"))
                .header("Content-Type", "application/json")
                .header("X-Request-Id", id)
                .POST(HttpRequest.BodyPublishers.ofString(ROW))
                .build());
    }

    private List<JsonNode> lines(String prefix) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            for (Path file : files.sorted().toList()) {
                assertThat(file.toString()).endsWith(".jsonl");
                if (file.getFileName().toString().startsWith(prefix)) {
                    for (String line : Files.readAllLines(file)) {
                        lines.add(new ObjectMapper().readTree(line));
                    }
                }
            }
        }
        return lines;
    }

    @Test
    void shouldWriteOneFlatLineForEachRowUnderTheColumnNames() throws IOException {
        try (TestServer server = serve("--version", "5", "--log-redact", "texture")) {
            assertThat(predict(server, "r-1").headers().firstValue("X-Request-Id"))
                    .contains("r-1");
        }

        List<JsonNode> lines = lines("predictions");
        assertThat(lines).hasSize(2);
        JsonNode first = lines.get(0);
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly(
                        "time", "request_id", "row", "model", "version", "radius", "perimeter", "prediction", "score");
        assertThat(first.get("request_id").asText()).isEqualTo("r-1");
        assertThat(first.get("version").asText()).isEqualTo("5");
        assertThat(first.get("radius").doubleValue()).isEqualTo(14);
        assertThat(first.get("prediction").isInt()).isTrue();
        assertThat(first.get("score").doubleValue()).isBetween(0.0, 1.0);
        assertThat(lines.get(1).get("row").intValue()).isEqualTo(1);
    }

    @Test
    void shouldJoinLabelsByRequestId() throws IOException {
        try (TestServer server = serve()) {
            String predicted = predict(server, "r-2").body();
            String label = predicted
                    .substring(predicted.indexOf("[", predicted.indexOf("label")) + 1)
                    .substring(0, 1);

            HttpResponse<String> reply = server.post(
                    "/feedback",
                    "[{\"request_id\":\"r-2\",\"label\":" + label + "},{\"request_id\":\"r-2\",\"row\":1,\"label\":7},"
                            + "{\"request_id\":\"unknown\",\"label\":1}]");

            assertThat(reply.statusCode()).isEqualTo(202);
            assertThat(reply.body()).isEqualTo("{\"accepted\":3,\"joined\":2}");
            assertThat(server.metrics().lines())
                    .contains(
                            "mldelivery_feedback_total{model=\"m\",version=\"1\",correct=\"true\"} 1",
                            "mldelivery_feedback_total{model=\"m\",version=\"1\",correct=\"false\"} 1",
                            "mldelivery_feedback_total{model=\"\",version=\"\",correct=\"unknown\"} 1");
        }

        List<JsonNode> lines = lines("feedback");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1).get("label").intValue()).isEqualTo(7);
        assertThat(lines.get(1).get("version").asText()).isEqualTo("1");
        assertThat(lines.get(2).has("prediction")).isFalse();
    }

    @Test
    void shouldRefuseFeedbackThatIsNone() {
        try (TestServer server = serve()) {
            for (String body :
                    List.of("", "[]", "5", "{}", "{\"request_id\":\"a\"}", "{\"label\":1,\"colour\":2}", "[{")) {
                assertThat(server.post("/feedback", body).statusCode()).as(body).isEqualTo(400);
            }
        }
        try (TestServer without = TestServer.startCancer()) {
            assertThat(without.post("/feedback", "{}").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldLogTheGivenShareOfTheRequests() throws IOException {
        try (TestServer server = serve("--log-sample", "0.25")) {
            for (int i = 0; i < 200; i++) {
                predict(server, "request-" + i);
            }
        }

        assertThat(lines("predictions").size() / 2).isBetween(25, 80);
    }

    @Test
    void shouldBeginANewFileWhenOneIsFull() throws IOException {
        try (TestServer server = serve("--log-file-bytes", "300")) {
            for (int i = 0; i < 10; i++) {
                predict(server, "request-" + i);
            }
        }

        assertThat(lines("predictions")).hasSize(20);
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            assertThat(files.count()).isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void shouldGoOnPredictingAndCountWhenTheFolderCannotBeWritten() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("log"), "a file where the folder should be");
        try (TestServer server = serve()) {
            assertThat(predict(server, "r").statusCode()).isEqualTo(200);
            assertThat(predict(server, "r").statusCode()).isEqualTo(200);
            for (int i = 0; i < 100 && !server.metrics().contains("mldelivery_log_failed_total 2"); i++) {
                Thread.sleep(20);
            }

            assertThat(server.metrics().lines()).contains("mldelivery_log_failed_total 2");
        }
    }
}
