package io.mldelivery.rollout.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.control.Rollouts.Request;
import io.mldelivery.rollout.fake.FakeRegistry;
import io.mldelivery.rollout.fake.FaultyServing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rollouts of real processes whose prediction traffic, metrics and health pass through fault-injecting proxies: latency, resets
 * before and after the prediction was made, 429, 500, answers cut short. Both versions suffer alike, or the new one much more; an
 * abort may come, and the proxy or the new version may be killed. Every rollout ends on a good version, nothing is left behind.
 * Fixed seed; {@code -Dmldelivery.chaos.predictions=100} runs more.
 */
class PredictionChaosTest {
    private static final int ROLLOUTS = Integer.getInteger("mldelivery.chaos.predictions", 2);
    private static final String PLAN = """
            steps:
            - {weight: 40, requests: 10}
            - {weight: 100, requests: 20}
            analysis:
              interval: 100ms
              minimumRequests: 30
              errors: 10s
              successRate: {min: 0.8, compare: true}
            deadline: 40s
            drain: 200ms
            replay: replay.jsonl
            rate: 250
            """;

    @TempDir
    Path home;

    private final Random random = new Random(20261122);
    private final FakeRegistry registry = new FakeRegistry();
    private Path jar;
    private Path replay;
    private String serves = "1";
    private int promoted;
    private int rolledBack;
    private int bad;
    private int killed;

    @BeforeEach
    void prepare() throws IOException {
        jar = FaultyServing.jar(home);
        Files.createDirectories(target());
        replay = Files.writeString(home.resolve("replay.jsonl"), "{\"inputs\": [[1.0]]}\n");
    }

    private Path target() {
        return home.resolve("targets").resolve("flights");
    }

    @AfterEach
    void stopEverything() throws InterruptedException {
        rollouts().stop("flights");
        assertThat(processes("")).isEmpty();
    }

    /** Another controller each time, as after a restart. */
    private LocalRollouts rollouts() {
        return new LocalRollouts(home, Optional.of(jar), registry, Clock.systemUTC());
    }

    @Test
    void shouldEndEveryRolloutOnAGoodVersion() throws Exception {
        FaultyServing.harm(target(), "1", 1, 0, 0);
        RolloutReport first = finish(rollouts().start(request("1")).id(), -1, false);
        assertThat(first.outcome()).as(first.reason()).isEqualTo(Outcome.PASS);

        for (int i = 0; i < ROLLOUTS; i++) {
            trial(String.valueOf(i + 2), i % 3 == 1);
        }
        System.out.printf(
                "%d rollouts with harmed predictions: %d promoted, %d rolled back, %d new versions were bad, %d kills%n",
                ROLLOUTS, promoted, rolledBack, bad, killed);

        assertThat(promoted).isPositive();
        assertThat(rolledBack).isGreaterThanOrEqualTo(bad);
        assertThat(bad).isPositive();
    }

    private void trial(String version, boolean isBad) throws Exception {
        double everywhere = random.nextInt(3) == 0 ? 0 : 0.1;
        FaultyServing.harm(target(), serves, 0, everywhere, 0.1);
        FaultyServing.harm(
                target(), version, random.nextLong(), isBad ? 0.6 + random.nextDouble() * 0.4 : everywhere, 0.1);
        int abortAt = random.nextInt(8) == 0 ? random.nextInt(20) : -1;
        boolean kill = random.nextInt(6) == 0;
        bad += isBad ? 1 : 0;

        RolloutReport report = finish(rollouts().start(request(version)).id(), abortAt, kill);

        boolean passed = report.outcome() == Outcome.PASS;
        assertThat(passed && isBad)
                .as("a bad version was promoted: " + report.reason())
                .isFalse();
        assertThat(report.state()).as(report.reason()).isIn("promoted", "rolled-back");
        promoted += passed ? 1 : 0;
        rolledBack += passed ? 0 : 1;
        serves = passed ? version : serves;
        FaultyServing.harm(target(), serves, 0, 0, 0);
        assertServesAlone();
    }

    private void assertServesAlone() throws Exception {
        assertThat(processes("--models")).hasSize(1);
        assertThat(processes("--models").get(0)).contains("--version " + serves);
        assertThat(registry.champion("flights")).contains(serves);
        Thread.sleep(100); // until the faults have ended
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        rollouts().address("flights").orElseThrow() + "/predictions/flights"))
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Mldelivery-Version")).contains(serves);
    }

    private Request request(String version) {
        return new Request(
                "flights",
                version,
                Optional.empty(),
                "test",
                "rollout.yaml",
                PLAN,
                Optional.of(replay.toString()),
                Optional.empty());
    }

    private RolloutReport finish(String id, int abortAt, boolean kill) throws InterruptedException {
        RolloutReport report = rollouts().tick("flights", id, 0);
        boolean alive = true;
        for (int i = 0; i < 1_200 && !report.isFinished(); i++) {
            Thread.sleep(50);
            if (i == abortAt) {
                rollouts().command("flights", id, io.mldelivery.rollout.machine.Command.ABORT);
            }
            if (kill && alive && report.state().equals("observing")) {
                alive = false;
                kill(random.nextBoolean() ? "ProxyMain" : "--version " + report.version());
            }
            report = rollouts().tick("flights", id, 0);
        }
        assertThat(report.isFinished())
                .as(report.state() + ": " + report.reason())
                .isTrue();
        return report;
    }

    private void kill(String what) {
        for (String line : processes(what)) {
            ProcessHandle.of(Long.parseLong(line.substring(0, line.indexOf(' '))))
                    .ifPresent(ProcessHandle::destroyForcibly);
            killed++;
        }
    }

    /** Command lines, with their numbers in front, of all processes that work below this test's home. */
    private List<String> processes(String what) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(process ->
                            process.pid() + " " + process.info().commandLine().orElse(""))
                    .filter(line -> line.contains(home.toString()) && line.contains(what))
                    .toList();
        }
    }
}
