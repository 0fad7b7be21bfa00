package io.mldelivery.rollout.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.control.Rollouts;
import io.mldelivery.rollout.control.Rollouts.Request;
import io.mldelivery.rollout.fake.FakeRegistry;
import io.mldelivery.rollout.fake.FakeServing;
import io.mldelivery.rollout.fake.Programs;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole rollouts with real processes behind a real HAProxy, whose clients send all the time. */
class HaproxyRolloutTest {
    private static final String PLAN = """
            steps:
            - {weight: 20, requests: 20}
            - {weight: 100, requests: 30}
            analysis: {interval: 100ms, minimumRequests: 20, errors: 5s, successRate: {min: 0.9}}
            deadline: 40s
            drain: 1s
            """;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path home;

    private final FakeRegistry registry = new FakeRegistry();
    private final AtomicBoolean sending = new AtomicBoolean(true);
    private Process haproxy;
    private Thread clients;
    private int port;
    private Rollouts rollouts;
    private LocalRollouts local;

    @BeforeEach
    void start() throws Exception {
        String program = Programs.require("haproxy");
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        haproxy = startHaproxy(program);
        local = new LocalRollouts(home, Optional.of(FakeServing.jar(home)), registry, Clock.systemUTC());
        rollouts = local.of("flights", access());
        clients = new Thread(this::send);
        clients.start();
    }

    private HaproxyAccess access() {
        return new HaproxyAccess(
                socket(),
                "flights",
                "blue",
                "green",
                Optional.of("http://127.0.0.1:" + port),
                Optional.of(home.resolve("state").toString()));
    }

    private String socket() {
        return home.resolve("admin.sock").toString();
    }

    private Process startHaproxy(String program) throws Exception {
        Path configuration = Files.writeString(home.resolve("haproxy.cfg"), """
                global
                  stats socket SOCKET mode 600 level admin
                  server-state-file STATE
                defaults
                  mode http
                  timeout connect 1s
                  timeout client 10s
                  timeout server 10s
                  load-server-state-from-file global
                frontend users
                  bind 127.0.0.1:PORT
                  default_backend flights
                backend flights
                  balance roundrobin
                  server blue 127.0.0.1:1 disabled
                  server green 127.0.0.1:1 disabled
                """.replace("SOCKET", socket())
                .replace("STATE", home.resolve("state").toString())
                .replace("PORT", "" + port));
        Process process = new ProcessBuilder(program, "-db", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("haproxy.log").toFile())
                .start();
        for (int i = 0; i < 100 && !Files.exists(Path.of(socket())); i++) {
            Thread.sleep(50);
        }
        assertThat(process.isAlive())
                .as(Files.readString(home.resolve("haproxy.log")))
                .isTrue();
        return process;
    }

    private void send() {
        while (sending.get()) {
            try {
                ask();
                Thread.sleep(5);
            } catch (Exception e) {
                Thread.onSpinWait(); // nobody serves yet
            }
        }
    }

    private HttpResponse<String> ask() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/predictions/flights"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"inputs\": [[1.0]]}"))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @AfterEach
    void stop() throws Exception {
        sending.set(false);
        if (clients != null) {
            clients.join();
            local.stop("flights");
            haproxy.destroy();
            haproxy.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldPromoteRollBackAndReturn() throws Exception {
        assertPassed(run("1", null));
        assertPassed(run("2", null));
        RolloutReport bad = run("3", "errors");

        assertThat(bad.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(bad.weights()).containsEntry("3", 0).containsEntry("2", 100);
        assertThat(bad.reason()).contains("success rate of the new version is 0.");
        assertThat(registry.changes()).containsExactly("1", "2");

        assertPassed(finish(rollouts.startReturn(Optional.empty(), "test")));
        assertThat(registry.changes()).containsExactly("1", "2", "1");
        assertThat(ask().statusCode()).isEqualTo(200);
        assertThat(Files.readString(home.resolve("state"))).contains(" flights ");
        assertThatThrownBy(() -> rollouts.startReturn(Optional.of("1"), "test"))
                .hasMessageContaining("serves on haproxy/flights already");
    }

    @Test
    void shouldSayWhatHaproxyRefuses() {
        var wrong = new HaproxyAccess(socket(), "nobody", "blue", "green", Optional.empty(), Optional.empty());
        var away = new HaproxyAccess(
                home.resolve("none.sock").toString(), "flights", "blue", "green", Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> new HaproxySocket(wrong).servers())
                .hasMessageContaining("when asked for backend nobody");
        assertThatThrownBy(() -> new HaproxySocket(away).servers()).hasMessageContaining("HAProxy does not answer at ");
        assertThatThrownBy(() -> new HaproxySocket(access()).set("red", 80, 10))
                .hasMessageContaining("HAProxy refuses 'set server flights/red");
    }

    private RolloutReport run(String version, String drill) throws Exception {
        return finish(rollouts.start(new Request(
                "flights",
                version,
                Optional.of("flights"),
                "test",
                "rollout.yaml",
                PLAN,
                Optional.empty(),
                Optional.ofNullable(drill))));
    }

    private RolloutReport finish(RolloutReport report) throws InterruptedException {
        RolloutReport now = report;
        for (int i = 0; i < 600 && !now.isFinished(); i++) {
            Thread.sleep(50);
            now = rollouts.tick(report.id(), 0);
        }
        return now;
    }

    private static void assertPassed(RolloutReport report) {
        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.PASS);
    }
}
