package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a rollout reads from the metrics. */
class MetricsTest {

    @Test
    void shouldCountRequestsByStatusAndPredictionsByClassAndScore() {
        try (TestServer server = TestServer.startCancer("--version", "7")) {
            server.post("/predictions/cancer", TestServer.cancerRows(3));
            server.post("/predictions/cancer", TestServer.cancerRows(1));
            server.post("/predictions/cancer", "[[1]]");
            server.post("/predictions/nobody", "[[1]]");

            assertThat(server.metrics().lines())
                    .contains(
                            "# TYPE mldelivery_requests_total counter",
                            "# TYPE mldelivery_request_seconds histogram",
                            "mldelivery_requests_total{model=\"cancer\",version=\"7\",code=\"200\"} 2",
                            "mldelivery_requests_total{model=\"cancer\",version=\"7\",code=\"400\"} 1",
                            "mldelivery_unrouted_requests_total{code=\"404\"} 1",
                            "mldelivery_request_seconds_count{model=\"cancer\",version=\"7\"} 3",
                            "mldelivery_predicted_classes_total{model=\"cancer\",version=\"7\",class=\"0\"} 4",
                            "mldelivery_predicted_scores_bucket{model=\"cancer\",version=\"7\",output=\"probabilities\",le=\"0.1\"} 4",
                            "mldelivery_queue_depth{model=\"cancer\",version=\"7\"} 0");
        }
    }

    @Test
    void shouldCountErrorsByClassAndTellOfTheProcess() {
        try (TestServer server = TestServer.startCancer()) {
            server.post("/predictions/cancer", "[[1]]");
            server.post("/predictions/cancer", "{");

            assertThat(server.metrics())
                    .contains(
                            "mldelivery_errors_total{model=\"cancer\",version=\"1\",error=\"WRONG_SHAPE\"} 1\n",
                            "mldelivery_errors_total{model=\"cancer\",version=\"1\",error=\"MALFORMED_JSON\"} 1\n",
                            "# TYPE process_cpu_seconds_total counter\n",
                            "jvm_memory_used_bytes{area=\"heap\"} ")
                    .containsPattern("process_resident_memory_bytes [1-9][0-9]{6,}\n")
                    .containsPattern("mldelivery_cpus [1-9]");
        }
    }

    @Test
    void shouldSpeakProtobufToScrapersThatTakeNativeHistograms() throws Exception {
        try (TestServer server = TestServer.startCancer()) {
            server.post("/predictions/cancer", TestServer.cancerRows(1));
            HttpRequest scrape = HttpRequest.newBuilder(server.managementUri("/metrics"))
                    .header(
                            "Accept",
                            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,*/*;q=0.1")
                    .build();

            HttpResponse<byte[]> reply = server.client().send(scrape, HttpResponse.BodyHandlers.ofByteArray());

            assertThat(reply.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/vnd.google.protobuf");
            assertThat(new String(reply.body(), StandardCharsets.ISO_8859_1))
                    .contains("\n\u001amldelivery_request_seconds");
        }
    }

    @Test
    void shouldHaveLatencyBucketsInSecondsFromHalfAMillisecondToTenSeconds() {
        try (TestServer server = TestServer.startCancer()) {
            server.post("/predictions/cancer", TestServer.cancerRows(1));

            List<String> bounds = Pattern.compile("mldelivery_request_seconds_bucket\\{.*le=\"([^\"]+)\"}")
                    .matcher(server.metrics())
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertThat(bounds)
                    .startsWith("0.0005", "0.001", "0.0025")
                    .endsWith("7.5", "10.0", "+Inf")
                    .hasSize(19);
        }
    }

    @Test
    void shouldFailEveryOtherPredictionWhenTheDrillSaysSo() {
        try (TestServer server = TestServer.startCancer("--drill", "errors=0.5")) {
            for (int i = 0; i < 10; i++) {
                server.post("/predictions/cancer", TestServer.cancerRows(1));
            }

            assertThat(server.metrics().lines())
                    .contains(
                            "mldelivery_requests_total{model=\"cancer\",version=\"1\",code=\"200\"} 5",
                            "mldelivery_requests_total{model=\"cancer\",version=\"1\",code=\"500\"} 5");
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldAnswerLateAndCountItWhenTheDrillSaysSo() {
        try (TestServer server = TestServer.startCancer("--drill", "latency=120ms")) {
            assertThat(server.post("/predictions/cancer", TestServer.cancerRows(1))
                            .statusCode())
                    .isEqualTo(200);

            assertThat(server.metrics().lines())
                    .contains(
                            "mldelivery_request_seconds_bucket{model=\"cancer\",version=\"1\",le=\"0.1\"} 0",
                            "mldelivery_request_seconds_bucket{model=\"cancer\",version=\"1\",le=\"10.0\"} 1");
        }
    }
}
