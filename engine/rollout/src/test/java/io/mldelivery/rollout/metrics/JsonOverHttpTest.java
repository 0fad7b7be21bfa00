package io.mldelivery.rollout.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mldelivery.rollout.plan.MetricPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonOverHttpTest {
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean known = "Bearer t0k3n".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            String body = exchange.getRequestURI().getPath().equals("/html")
                    ? "<html>"
                    : "{\"2\": {\"p99\": 0.25, \"text\": \"7.5\", \"nan\": \"NaN\", \"word\": \"fast\", \"no\": null}}";
            exchange.sendResponseHeaders(known ? 200 : 403, 0);
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldReadTheNumberAtThePointer() {
        assertThat(read("/stats?key=${version}", "/2/p99", "TOKEN")).isEqualTo(0.25);
        assertThat(read("/stats", "/2/text", "TOKEN")).isEqualTo(7.5);
    }

    @Test
    void shouldNeverTakeSomethingElseForANumber() {
        assertThatThrownBy(() -> read("/stats?secret=1", "/2/p50", "TOKEN"))
                .hasMessageContaining("has nothing at '/2/p50'")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> read("/stats", "/2/no", "TOKEN")).hasMessageContaining("has nothing at '/2/no'");
        assertThatThrownBy(() -> read("/stats", "/2/nan", "TOKEN")).hasMessageContaining("which is no number");
        assertThatThrownBy(() -> read("/stats", "/2/word", "TOKEN")).hasMessageContaining("which is no number");
        assertThatThrownBy(() -> read("/html", "/2", "TOKEN")).hasMessageContaining("sends no JSON");
        assertThatThrownBy(() -> read("/stats", "/2/p99", "OTHER")).hasMessageContaining("answers 403");
        assertThatThrownBy(() -> read("/stats", "/2/p99", "NOWHERE"))
                .hasMessageContaining("variable NOWHERE is not set");
        server.stop(0);
        assertThatThrownBy(() -> read("/stats", "/2/p99", "TOKEN")).hasMessageContaining("does not answer");
    }

    private double read(String path, String pointer, String token) {
        var source = new MetricPlan.Json(
                "http://127.0.0.1:" + server.getAddress().getPort() + path, pointer, Optional.of(token));
        var metric = new MetricPlan(
                "m",
                source,
                Duration.ofSeconds(1),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                1,
                Optional.empty(),
                false);
        return new PlannedMetrics(Optional.empty(), Map.of("TOKEN", "t0k3n", "OTHER", "x"))
                .read(metric, Map.of("model", "flights", "version", "2", "key", "2"));
    }
}
