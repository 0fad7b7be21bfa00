package io.mldelivery.rollout.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole rollouts with receivers of notifications on loopback. */
class NotifierTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final Map<String, ConcurrentLinkedQueue<JsonNode>> received = Map.of(
            "/all", new ConcurrentLinkedQueue<>(),
            "/trouble", new ConcurrentLinkedQueue<>(),
            "/slack", new ConcurrentLinkedQueue<>());
    private final AtomicInteger refusals = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        boolean refused = path.equals("/slack") && refusals.getAndDecrement() > 0;
        if (!refused) {
            received.get(path).add(body);
        }
        exchange.sendResponseHeaders(refused ? 500 : 200, -1);
        exchange.close();
    }

    private RolloutReport run(boolean bad) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        String plan = ChaoticTarget.PLAN + "notify:\n- {url: \"" + url + "/all\", events: all}\n- {url: \"" + url
                + "/trouble\", events: trouble}\n- {urlVariable: SLACK, format: slack}\n"
                + "- {mail: \"team@example.org\", events: trouble}\n- {urlVariable: UNSET}\n";
        var target = new ChaoticTarget(new Random(1), bad, 0);
        target.calm(true);
        var site = new Site("chaos/m", new RolloutFolder(folder.resolve("r")), target);
        var rollouts = new Rollouts(site, target, target.clock(), Map.of("SLACK", url + "/slack"));
        RolloutReport report = started(rollouts, plan);
        for (int i = 0; i < 100 && !report.isFinished(); i++) {
            target.pass(1_000);
            report = rollouts.tick(report.id(), 0);
        }
        return report;
    }

    private static RolloutReport started(Rollouts rollouts, String plan) {
        try {
            return rollouts.start(new Rollouts.Request(
                    "m", "2", Optional.empty(), "test", "plan", plan, Optional.empty(), Optional.empty()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void await(String path, int count) throws InterruptedException {
        for (int i = 0; i < 300 && received.get(path).size() < count; i++) {
            Thread.sleep(20);
        }
        assertThat(received.get(path)).hasSize(count);
    }

    @Test
    void shouldTellEachOnceWhatItAskedFor() throws Exception {
        RolloutReport report = run(false);

        await("/all", report.events().size());
        await("/slack", 1);
        JsonNode end = received.get("/slack").peek();
        assertThat(end.path("text").asText()).startsWith("chaos/m: m version 2 is promoted after");
        assertThat(received.get("/trouble")).isEmpty();
        JsonNode first = received.get("/all").stream()
                .filter(one -> one.path("type").asText().equals("rollout.started"))
                .findFirst()
                .orElseThrow();
        assertThat(first.path("rollout").asText()).isEqualTo(report.id());
        assertThat(first.path("data").path("strategy").asText()).isEqualTo("canary");
        assertThat(report.events())
                .allSatisfy(event -> assertThat(event.mailTo()).isEmpty());
    }

    @Test
    void shouldTellOfTroubleAndTryAgain() throws Exception {
        refusals.set(1);
        RolloutReport report = run(true);

        await("/trouble", 2);
        await("/slack", 1);
        assertThat(received.get("/trouble"))
                .extracting(one -> one.path("data").path("state").asText())
                .containsExactlyInAnyOrder("rolling-back", "rolled-back");
        List<RolloutReport.Event> mailed = report.events().stream()
                .filter(event -> event.mailTo().contains("team@example.org"))
                .toList();
        assertThat(mailed).hasSize(2);
        assertThat(mailed.get(0).text()).startsWith("rolling back: success rate of the new version");
    }
}
