package io.mldelivery.rollout.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.control.Rollouts.Request;
import io.mldelivery.rollout.fake.FakeRegistry;
import io.mldelivery.rollout.fake.FakeServing;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole rollouts with real processes, a real proxy and real requests. */
class LocalRolloutTest {
    private static final String PLAN = """
            steps:
            - {weight: 20, requests: 10}
            - {weight: 100, requests: 20}
            analysis:
              interval: 200ms
              minimumRequests: 10
              errors: 5s
              successRate: {min: 0.9}
              latency: {quantile: 0.9, max: 250ms}
            deadline: 30s
            drain: 1s
            replay: replay.jsonl
            rate: 100
            """;

    @TempDir
    static Path shared;

    private static Path jar;

    @TempDir
    Path home;

    private final FakeRegistry registry = new FakeRegistry();
    private LocalRollouts rollouts;
    private Path replay;

    @BeforeAll
    static void buildServer() throws IOException {
        jar = FakeServing.jar(shared);
    }

    @BeforeEach
    void prepare() throws IOException {
        replay = Files.writeString(home.resolve("replay.jsonl"), "{\"inputs\": [[1.0]]}\n{\"inputs\": [[2.0]]}\n");
        rollouts = new LocalRollouts(home, Optional.of(jar), registry, Clock.systemUTC());
    }

    @AfterEach
    void stopEverything() throws InterruptedException {
        for (String target : rollouts.targets()) {
            rollouts.stop(target);
        }
        assertThat(processes()).isEmpty();
    }

    @Test
    void shouldPromoteFirstAndSecondVersion() throws Exception {
        RolloutReport first = run(request("1", null));
        RolloutReport second = run(request("2", null));

        assertThat(first.outcome()).as(first.reason()).isEqualTo(Outcome.PASS);
        assertThat(second.outcome()).as(second.reason()).isEqualTo(Outcome.PASS);
        assertThat(second.weights()).containsEntry("2", 100).containsEntry("1", 0);
        assertThat(registry.changes()).containsExactly("1", "2");
        assertThat(rollouts.current("flights")).contains(new Deployment("flights", "2", "2"));
        assertThat(serving()).hasSize(1);
        assertThat(ask().headers().firstValue("X-Mldelivery-Version")).contains("2");
        assertThat(types(second)).startsWith("rollout.started").endsWith("alias.set", "rollout.finished");
    }

    @Test
    void shouldRollBackWithNumbersWhenNewVersionFails() throws Exception {
        run(request("1", null));

        RolloutReport report = run(request("2", "errors"));

        assertThat(report.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(report.reason())
                .contains("success rate of the new version is 0.")
                .contains("requests");
        assertOldVersionServes(report);
    }

    @Test
    void shouldRollBackWhenNewVersionIsSlow() throws Exception {
        run(request("1", null));

        RolloutReport report = run(request("2", "latency"));

        assertThat(report.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(report.reason())
                .contains("latency p90 s of the new version is 0.4")
                .contains("0.25");
        assertOldVersionServes(report);
    }

    @Test
    void shouldRehearseOnTheVersionThatServes() throws Exception {
        run(request("1", null));

        RolloutReport report = run(request("1", "errors"));

        assertThat(report.outcome()).isEqualTo(Outcome.FAIL);
        assertOldVersionServes(report);
    }

    @Test
    void shouldRollBackWhenNewVersionDoesNotStart() throws Exception {
        run(request("1", null));
        registry.breakModel("2");

        RolloutReport report = run(request("2", null));

        assertThat(report.reason()).contains("did not start: the model is broken");
        assertOldVersionServes(report);
    }

    @Test
    void shouldEndAtOnceWhenTheModelIsOutOfReach() throws Exception {
        registry.outOfReach("2");
        run(request("1", null));

        RolloutReport report = run(request("2", null));

        assertThat(report.reason())
                .isEqualTo("rolled back: the new version did not start: the model's files lie at s3://bucket."
                        + " Register it otherwise");
        assertOldVersionServes(report);
    }

    @Test
    void shouldRollBackWhenNewVersionDiesUnderTraffic() throws Exception {
        run(request("1", null));
        RolloutReport started = rollouts.start(request("2", null));
        tickUntil(started.id(), "observing");

        serving().stream().filter(line -> line.contains("--version 2")).forEach(LocalRolloutTest::kill);
        RolloutReport report = finish(started.id());

        assertThat(report.reason()).contains("process ended");
        assertOldVersionServes(report);
    }

    @Test
    void shouldLeaveNothingWhenFirstVersionFails() throws Exception {
        RolloutReport report = run(request("1", "errors"));

        assertThat(report.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(serving()).isEmpty();
        assertThat(registry.changes()).isEmpty();
        assertThat(ask().statusCode()).isEqualTo(503);
    }

    @Test
    void shouldRefuseSecondRolloutByName() throws Exception {
        RolloutReport first = rollouts.start(request("1", null));

        assertThatThrownBy(() -> rollouts.start(request("2", null)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("local/flights: rollout " + first.id())
                .hasMessageContaining("started by test");
    }

    @Test
    void shouldGoBackWhenAborted() throws Exception {
        run(request("1", null));
        RolloutReport started = rollouts.start(request("2", null));
        tickUntil(started.id(), "observing");

        RolloutReport report = rollouts.abort("flights", started.id());

        assertThat(report.reason()).isEqualTo("rolled back: aborted by request");
        assertOldVersionServes(report);
    }

    @Test
    void shouldKeepServingWhileRegistryIsAwayAndEndWhenItIsBack() throws Exception {
        run(request("1", null));
        RolloutReport started = rollouts.start(request("2", null));
        tickUntil(started.id(), "observing");
        registry.away(true);
        tickUntil(started.id(), "promoting");
        rollouts.tick("flights", started.id(), 0);
        registry.away(false);

        assertThat(finish(started.id()).outcome()).isEqualTo(Outcome.PASS);
        assertThat(registry.changes()).containsExactly("1", "2");
    }

    @Test
    void shouldRestartProxyOnItsPortWithItsWeights() throws Exception {
        run(request("1", null));
        String address = rollouts.address("flights").orElseThrow();
        processes().stream().filter(line -> line.contains("ProxyMain")).forEach(LocalRolloutTest::kill);

        RolloutReport report = run(request("2", null));

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.PASS);
        assertThat(rollouts.address("flights")).contains(address);
    }

    @Test
    void shouldCompareInTheShadowAndReturnNothingToUsers() throws Exception {
        run(request("1", null));
        RolloutReport started = rollouts.start(request("2", null, PLAN.replace("steps:", "strategy: shadow\nsteps:")));
        tickUntil(started.id(), "observing");
        assertThat(ask().headers().firstValue("X-Mldelivery-Version")).contains("1");
        RolloutReport report = finish(started.id());

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.PASS);
        assertThat(report.reason()).startsWith("compared, and passed: success rate of the new version is 1");
        assertThat(report.events().toString()).contains("\"metric\":\"same answers\"");
        assertOldVersionServes(report);
    }

    @Test
    void shouldGiveUsersTheVersionThatTheirHeaderNames() throws Exception {
        run(request("1", null));
        String plan = PLAN.replaceAll(
                "(?s)steps:.*?analysis:",
                "strategy: ab\nassign: {header: X-Group, value: b}\nsteps: [{requests: 15}]\nanalysis:");
        RolloutReport started = rollouts.start(request("2", null, plan));
        tickUntil(started.id(), "observing");
        for (int i = 0; i < 20; i++) {
            assertThat(askAs("b")).isEqualTo("2");
            assertThat(askAs("a")).isEqualTo("1");
        }
        RolloutReport report = finish(started.id());

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.PASS);
        assertThat(askAs("a")).isEqualTo("2");
    }

    private String askAs(String group) throws IOException, InterruptedException {
        URI address = URI.create(rollouts.address("flights").orElseThrow() + "/predictions/flights");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .header("X-Group", group)
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("X-Mldelivery-Version")
                .orElse("none");
    }

    @Test
    void shouldReturnToTheVersionBefore() throws Exception {
        run(request("1", null));
        run(request("2", null));
        RolloutReport report = finish(
                rollouts.of("flights").startReturn(Optional.empty(), "test").id());

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.PASS);
        assertThat(registry.changes()).containsExactly("1", "2", "1");
        assertThat(serving()).hasSize(1);
        assertThat(ask().headers().firstValue("X-Mldelivery-Version")).contains("1");
    }

    private void assertOldVersionServes(RolloutReport report) throws Exception {
        assertThat(report.isFinished()).isTrue();
        assertThat(registry.changes()).containsExactly("1");
        assertThat(serving()).hasSize(1);
        assertThat(serving().get(0)).contains("--version 1").doesNotContain("--drill");
        assertThat(ask().headers().firstValue("X-Mldelivery-Version")).contains("1");
        assertThat(rollouts.current("flights")).contains(new Deployment("flights", "1", "1"));
    }

    private Request request(String version, String drill) {
        return request(version, drill, PLAN);
    }

    private Request request(String version, String drill, String plan) {
        return new Request(
                "flights",
                version,
                Optional.empty(),
                "test",
                "rollout.yaml",
                plan,
                Optional.of(replay.toString()),
                Optional.ofNullable(drill));
    }

    private RolloutReport run(Request request) throws InterruptedException {
        return finish(rollouts.start(request).id());
    }

    private RolloutReport finish(String id) throws InterruptedException {
        RolloutReport report = rollouts.tick("flights", id, 0);
        for (int i = 0; i < 400 && !report.isFinished(); i++) {
            Thread.sleep(100);
            report = rollouts.tick("flights", id, 0);
        }
        assertThat(report.isFinished())
                .as(report.state() + ": " + report.reason())
                .isTrue();
        return report;
    }

    private void tickUntil(String id, String state) throws InterruptedException {
        RolloutReport report = rollouts.tick("flights", id, 0);
        for (int i = 0; i < 200 && !report.state().equals(state); i++) {
            Thread.sleep(50);
            report = rollouts.tick("flights", id, 0);
        }
        assertThat(report.state()).isEqualTo(state);
    }

    private HttpResponse<String> ask() throws IOException, InterruptedException {
        URI address = URI.create(rollouts.address("flights").orElseThrow() + "/predictions/flights");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> types(RolloutReport report) {
        return report.events().stream().map(RolloutReport.Event::type).toList();
    }

    private List<String> serving() {
        return processes().stream().filter(line -> line.contains("--models")).toList();
    }

    /** Command lines, with their numbers in front, of all processes that work below this test's home. */
    private List<String> processes() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains(home.toString()))
                            .isPresent())
                    .map(process ->
                            process.pid() + " " + process.info().commandLine().orElseThrow())
                    .toList();
        }
    }

    private static void kill(String line) {
        ProcessHandle process = ProcessHandle.of(Long.parseLong(line.substring(0, line.indexOf(' '))))
                .orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }
}
