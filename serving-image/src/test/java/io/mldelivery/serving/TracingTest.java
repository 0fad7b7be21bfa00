package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracingTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @BeforeEach
    void startCollector() throws IOException {
        collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stopCollector() {
        collector.stop(0);
    }

    private TestServer start() {
        return TestServer.startCancer(
                "--traces", "http://127.0.0.1:" + collector.getAddress().getPort());
    }

    private static void predict(TestServer server, String traceparent) {
        server.send(HttpRequest.newBuilder(server.uri("/predictions/cancer"))
                .header("Content-Type", "application/json")
                .header("traceparent", traceparent)
                .POST(HttpRequest.BodyPublishers.ofString(TestServer.cancerRows(1)))
                .build());
    }

    @Test
    void shouldSendTheSpansOfASampledTrace() {
        try (TestServer server = start()) {
            predict(server, "00-" + TRACE + "-00f067aa0ba902b7-01");
        }

        assertThat(received).hasSize(1);
        String trace = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
        String parent = new String(HexFormat.of().parseHex("00f067aa0ba902b7"), StandardCharsets.ISO_8859_1);
        assertThat(received.get(0))
                .contains("mldelivery-serving", "predict cancer", "read", "wait and compute", "write")
                .contains("http.response.status_code", "mldelivery.model.version")
                .contains(trace, parent);
    }

    @Test
    void shouldNameTheTraceBesideItsBucketForScrapersThatTakeOpenMetrics() {
        try (TestServer server = start()) {
            server.post("/predictions/cancer", TestServer.cancerRows(1));
            predict(server, "00-" + TRACE + "-00f067aa0ba902b7-01");

            HttpResponse<String> open = server.send(HttpRequest.newBuilder(server.managementUri("/metrics"))
                    .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
                    .build());
            assertThat(open.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/openmetrics-text; version=1.0.0");
            assertThat(open.body())
                    .contains("# TYPE mldelivery_requests counter\n")
                    .contains("\nmldelivery_requests_total{model=\"cancer\",version=\"1\",code=\"200\"} 2\n")
                    .containsPattern("mldelivery_request_seconds_bucket\\{.*} [0-9]+ # \\{trace_id=\"" + TRACE
                            + "\"} 0\\.[0-9]+ [0-9]+\\.[0-9]{3}\n")
                    .endsWith("# EOF\n");
            assertThat(server.metrics()).doesNotContain("trace_id");
        }
    }

    @Test
    void shouldSendNothingForOtherRequests() {
        try (TestServer server = start()) {
            predict(server, "00-" + TRACE + "-00f067aa0ba902b7-00");
            server.post("/predictions/cancer", TestServer.cancerRows(1));
        }

        assertThat(received).isEmpty();
    }
}
