package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Debian's Prometheus scrapes the server: OpenMetrics, as it asks by default, and protobuf with native histograms. */
@Timeout(60)
class RealScrapeTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    Path folder;

    private Process start(TestServer server, int port, String features) throws Exception {
        Files.writeString(
                folder.resolve("prometheus.yml"),
                "global: {scrape_interval: 200ms, scrape_timeout: 200ms}\nscrape_configs:\n- job_name: serving\n"
                        + "  static_configs: [{targets: ['127.0.0.1:"
                        + server.managementUri("/").getPort() + "']}]\n");
        return new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--enable-feature=" + features,
                        "--storage.tsdb.path=" + folder.resolve("data"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private void need() {
        boolean there = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "prometheus")));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("prometheus on the PATH").isTrue();
        }
        assumeTrue(there, "prometheus is not on the PATH");
    }

    private void expect(String features, String query, String... parts) throws Exception {
        need();
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", RealScrapeTest::take);
        collector.start();
        try (TestServer server = TestServer.startCancer(
                "--traces", "http://127.0.0.1:" + collector.getAddress().getPort())) {
            server.send(HttpRequest.newBuilder(server.uri("/predictions/cancer"))
                    .header("Content-Type", "application/json")
                    .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                    .POST(HttpRequest.BodyPublishers.ofString(TestServer.cancerRows(1)))
                    .build());
            Process prometheus = start(server, port, features);
            try {
                String answer = "";
                for (int i = 0; i < 200 && !List.of(parts).stream().allMatch(answer::contains); i++) {
                    Thread.sleep(100);
                    answer = ask(server, port, query);
                }
                assertThat(answer).as(Files.readString(folder.resolve("log"))).contains(parts);
            } finally {
                prometheus.destroy();
                prometheus.waitFor(10, TimeUnit.SECONDS);
            }
        } finally {
            collector.stop(0);
        }
    }

    private static void take(HttpExchange spans) throws IOException {
        spans.getRequestBody().readAllBytes();
        spans.sendResponseHeaders(200, -1);
        spans.close();
    }

    private static String ask(TestServer server, int port, String query) throws InterruptedException {
        try {
            return server.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + query))
                            .build())
                    .body();
        } catch (java.io.UncheckedIOException e) {
            return ""; // not listening yet
        }
    }

    private static String exemplars() {
        long now = System.currentTimeMillis() / 1000;
        return "query_exemplars?query=mldelivery_request_seconds_bucket&start=" + (now - 60) + "&end=" + (now + 60);
    }

    @Test
    void shouldBeReadWithExemplarsAsOpenMetrics() throws Exception {
        expect("exemplar-storage", exemplars(), "\"trace_id\":\"" + TRACE + "\"", "\"model\":\"cancer\"");
    }

    @Test
    void shouldBeReadWithNativeHistograms() throws Exception {
        expect(
                "native-histograms",
                "query?query=histogram_count(mldelivery_request_seconds)",
                "\"model\":\"cancer\"",
                ",\"1\"]");
    }
}
