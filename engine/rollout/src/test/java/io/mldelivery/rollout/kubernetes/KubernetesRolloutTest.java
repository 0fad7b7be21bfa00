package io.mldelivery.rollout.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.FaultyProxy;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.kubernetes.TestCluster;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.control.RolloutGroup;
import io.mldelivery.rollout.control.RolloutGroup.Member;
import io.mldelivery.rollout.control.RolloutGroup.Standings;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.control.Rollouts;
import io.mldelivery.rollout.machine.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole rollouts on a real API server, with real controllers and a real HTTPRoute; pods and users are simulated. */
@ExtendWith(SharedCluster.class)
class KubernetesRolloutTest {
    /** How long the API server is away; {@code -Dmldelivery.outage=60} for the real thing. */
    private static final int OUTAGE_SECONDS = Integer.getInteger("mldelivery.outage", 4);

    private static int sites;
    private static TestCluster real;
    private static Cluster cluster;

    private KubernetesSite site;

    @BeforeAll
    static void connect() {
        real = SharedCluster.running();
        cluster = real.connect();
    }

    @AfterAll
    static void disconnect() {
        cluster.close();
    }

    @BeforeEach
    void serveOldVersion() throws Exception {
        site = new KubernetesSite(cluster, "flights" + ++sites);
        site.serveOldVersion();
        site.awaitOldVersion();
    }

    @AfterEach
    void clean() {
        site.close();
    }

    @Test
    void shouldPromoteHealthyVersion() throws Exception {
        RolloutReport report = site.run();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.PASS);
        site.assertNewServes();
        assertThat(cluster.find(site.route())
                        .orElseThrow()
                        .path("spec")
                        .path("hostnames")
                        .path(0)
                        .asText())
                .isEqualTo("flights.example.org");
    }

    /** A new connection and a new controller for every look know nothing of the one before. */
    @Test
    void shouldPromoteWhenRestartedInEveryState() throws Exception {
        List<Cluster> connections = new ArrayList<>();
        try {
            site.start();
            RolloutReport report = site.tick();
            for (int i = 0; i < 300 && !report.isFinished(); i++) {
                connections.add(real.connect());
                site.cluster = connections.get(connections.size() - 1);
                site.forgetController();
                report = site.tick();
            }
            assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.PASS);
        } finally {
            site.cluster = cluster;
            connections.forEach(Cluster::close);
        }
        site.assertNewServes();
    }

    @Test
    void shouldRollBackOnErrors() throws Exception {
        site.prometheus.fails("2", 0.5);

        RolloutReport report = site.run();

        assertThat(report.reason()).contains("success rate of the new version is 0.5");
        assertThat(rollbackSeconds(report)).isLessThan(3); // benchmarks/rollout-times has the real times
        site.assertOldServes(report);
    }

    /** From the decision until the API server had all traffic on the old version, as the journal says. */
    private static double rollbackSeconds(RolloutReport report) {
        String end = report.events().get(report.events().size() - 1).data();
        return Double.parseDouble(end.replaceAll("(?s).*\"rollbackSeconds\":([0-9.]+).*", "$1"));
    }

    @Test
    void shouldRollBackWhenSlow() throws Exception {
        site.plan = KubernetesSite.PLAN.replace("successRate: {min: 0.9}", "latency: {max: 250ms, ratio: 2}");
        site.prometheus.isSlow("2", 0.3);

        RolloutReport report = site.run();

        assertThat(report.reason()).contains("latency p99 s of the new version is");
        site.assertOldServes(report);
    }

    @Test
    void shouldRollBackWhenGpuCannotBeScheduled() throws Exception {
        site.template = KubernetesSite.TEMPLATE.replace("RESOURCES", ", resources: {limits: {nvidia.com/gpu: 8}}");

        RolloutReport report = site.run();

        assertThat(report.reason()).contains("did not start: pod flights").contains("Insufficient nvidia.com/gpu");
        site.assertOldServes(report);
    }

    @Test
    void shouldRollBackWhenTheImageCannotBePulled() throws Exception {
        site.template = KubernetesSite.TEMPLATE.replace("READY", "false");
        site.start();
        for (int i = 0; i < 300 && pods("2").isEmpty(); i++) {
            site.tick();
        }
        real.patchStatus(
                "/api/v1/namespaces/ml/pods/" + pods("2").get(0),
                "{\"status\": {\"containerStatuses\": [{\"name\": \"serving\", \"image\": \"i\", \"imageID\": \"\","
                        + " \"ready\": false, \"restartCount\": 0, \"state\": {\"waiting\": {\"reason\": \"ErrImagePull\","
                        + " \"message\": \"registry/serving:2: not found\"}}}]}}");
        RolloutReport report = site.finish();

        assertThat(report.reason()).contains("ErrImagePull: registry/serving:2: not found");
        site.assertOldServes(report);
    }

    private List<String> pods(String version) {
        return cluster.list(new ResourceName("v1", "Pod", "ml", ""), "app=" + site.name() + "-" + version).stream()
                .map(one -> one.path("metadata").path("name").asText())
                .toList();
    }

    @Test
    void shouldRollBackWhenReadinessFails() throws Exception {
        site.template = KubernetesSite.TEMPLATE
                .replace("READY", "false")
                .replace("progressDeadlineSeconds: 60", "progressDeadlineSeconds: 2");

        RolloutReport report = site.run();

        assertThat(report.reason()).contains("did not start").contains("has timed out progressing");
        site.assertOldServes(report);
    }

    @Test
    void shouldRollBackWhenPodsFail() throws Exception {
        site.template = KubernetesSite.TEMPLATE.replace(
                "POD_LABELS", ", pod-container-running-failed.stage.kwok.x-k8s.io: 'true'");

        site.assertOldServes(site.run());
    }

    /** From the moment at which the API server knows of it; the controller looks as often as a build's does. */
    @Test
    void shouldTakeTrafficFromACrashLoopAtOnce() throws Exception {
        site.start();
        site.tickUntilWeight(50);
        String pod = pods("2").get(0);
        real.patchStatus(
                "/api/v1/namespaces/ml/pods/" + pod,
                "{\"status\": {\"containerStatuses\": [{\"name\": \"serving\", \"image\": \"i\", \"imageID\": \"\","
                        + " \"ready\": false, \"restartCount\": 4,"
                        + " \"state\": {\"waiting\": {\"reason\": \"CrashLoopBackOff\", \"message\": \"back-off 40s\"}}}]}}");
        long crashed = System.nanoTime();
        RolloutReport report = site.tick();
        for (int i = 0; i < 50 && !site.backends().equals(site.name() + "-1=100 "); i++) {
            Thread.sleep(report.intervalMillis());
            report = site.tick();
        }
        double seconds = (System.nanoTime() - crashed) / 1e9;

        assertThat(report.reason()).contains("CrashLoopBackOff: back-off 40s");
        assertThat(seconds).isLessThan(5); // benchmarks/rollout-times has the real times
        site.assertOldServes(site.finish());
    }

    /** What the gateway answers in a pod's place is counted by no pod. */
    @Test
    void shouldRollBackWhenNoPodIsReadyAnyMore() throws Exception {
        site.start();
        site.tickUntilWeight(50);
        real.patchStatus(
                "/api/v1/namespaces/ml/pods/" + pods("2").get(0),
                "{\"status\": {\"conditions\": [{\"type\": \"Ready\", \"status\": \"False\"}]}}");
        RolloutReport report = site.tick();
        for (int i = 0; i < 300 && !report.isFinished(); i++) {
            Thread.sleep(100);
            report = site.look(0);
        }

        assertThat(report.reason()).contains("it is not ready any more: 0 of 1 replicas are available");
        site.assertOldServes(report);
    }

    @Test
    void shouldRollBackWhenSomebodyDeletesTheNewVersion() throws Exception {
        site.start();
        site.tickUntilWeight(10);
        cluster.delete(site.deployment("2"));

        RolloutReport report = site.finish();

        assertThat(report.reason()).contains("somebody deleted its Deployment " + site.name() + "-2");
        site.assertOldServes(report);
    }

    @Test
    void shouldPromoteThoughTheOldVersionCrashedOnce() throws Exception {
        real.patchStatus(
                "/api/v1/namespaces/ml/pods/" + pods("1").get(0),
                "{\"status\": {\"containerStatuses\": [{\"name\": \"serving\", \"image\": \"i\", \"imageID\": \"\","
                        + " \"ready\": true, \"restartCount\": 4, \"state\": {\"running\": {}},"
                        + " \"lastState\": {\"terminated\": {\"exitCode\": 137, \"reason\": \"OOMKilled\"}}}]}}");

        RolloutReport report = site.run();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.PASS);
        site.assertNewServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"frozen", "empty", "nan", "broken"})
    void shouldNeverPromoteWithoutMeasurements(String mode) throws Exception {
        site.prometheus.mode(mode);

        RolloutReport report = site.run();

        assertThat(report.reason()).contains("could not measure for 2 s: Prometheus at 127.0.0.1");
        site.assertOldServes(report);
    }

    @Test
    void shouldGoBackWhenAbortedAtAnyWeight() throws Exception {
        site.start();
        site.tickUntilWeight(50);
        site.journals().command(site.id, Command.ABORT);

        site.assertOldServes(site.finish());
    }

    /** A gateway hears of weights later than the API server: until then it sends requests to what is going to be stopped. */
    @Test
    void shouldStopVersionOnlyWhenItsTrafficHasBeenGoneForTheDrain() throws Exception {
        site.plan = KubernetesSite.PLAN.replace("drain: 200ms", "drain: 1s");
        site.start();
        site.tickUntilWeight(10);
        site.journals().command(site.id, Command.ABORT);
        RolloutReport report = site.tick();
        assertThat(site.weightOfNew()).isZero();
        while (!report.isFinished()) {
            report = site.tick();
            boolean stopped = cluster.find(site.deployment("2")).isEmpty();
            assertThat(stopped && site.settledFor().compareTo(Duration.ofSeconds(1)) < 0)
                    .as("stopped while the gateway may not have heard")
                    .isFalse();
        }
        site.assertOldServes(report);
    }

    /** How long it lasts changes nothing but the number of failed looks. */
    @Test
    void shouldGoOnWhenTheApiServerIsBack() throws Exception {
        site.plan = KubernetesSite.PLAN.replace("deadline: 60s", "deadline: " + (60 + OUTAGE_SECONDS) + "s");
        site.start();
        site.tickUntilWeight(10);
        real.killApiServer();
        int failed = 0;
        try {
            for (int i = 0; i < OUTAGE_SECONDS; i++) {
                Thread.sleep(1_000);
                failed += looks() ? 0 : 1;
            }
        } finally {
            real.startApiServer();
        }
        assertThat(failed).isEqualTo(OUTAGE_SECONDS);
        for (int i = 0; i < 300 && !looks(); i++) {
            Thread.sleep(100);
        }
        RolloutReport report = site.finish();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.PASS);
        site.assertNewServes();
    }

    private boolean looks() throws InterruptedException {
        try {
            site.tick();
            return true;
        } catch (DeliveryException e) {
            return false;
        }
    }

    /** While nothing changes, users are served and measured, the API server is asked nothing. */
    @Test
    void shouldAskNothingOfTheApiServerWhileItOnlyMeasures() throws Exception {
        site.plan = KubernetesSite.PLAN.replace("{weight: 10, requests: 20}", "{weight: 10, pause: 1h}");
        try (var proxy = new FaultyProxy(real.address(), 1);
                Cluster through = real.connectThrough(proxy.address(), false)) {
            site.cluster = through;
            site.start();
            site.tickUntilWeight(10);
            site.tick();
            site.tick();
            Map<String, Integer> before = proxy.takeRequests();
            for (int i = 0; i < 20; i++) {
                assertThat(site.tick().state()).isEqualTo("observing");
            }

            assertThat(before).containsKeys("GET", "PATCH", "WATCH");
            assertThat(proxy.takeRequests()).isEmpty();
            site.journals().command(site.id, Command.ABORT);
            site.assertOldServes(site.finish());
        } finally {
            site.cluster = cluster;
        }
    }

    @Test
    void shouldLetOnlyOneOfTwoControllersAct() throws Exception {
        site.start();
        site.tick();
        ConfigMapJournals mine = site.journals();
        var journal = mine.journal(site.id).orElseThrow();
        site.tickUntilWeight(10);

        assertThatThrownBy(() -> mine.save(journal))
                .hasMessageContaining("another controller has moved rollout " + site.id);
        assertThat(site.finish().outcome()).isEqualTo(Outcome.PASS);
    }

    /** Two processes have nothing in common but the API server. */
    @Test
    void shouldLetOnlyOneOfTwoRolloutsBegin() throws Exception {
        try (Cluster other = real.connect()) {
            ConfigMapJournals one = site.journals();
            ConfigMapJournals two = new ConfigMapJournals(other, "ml", site.name(), site.clock);
            one.latest();
            two.latest();
            one.latest("r-one");

            assertThatThrownBy(() -> two.latest("r-two"))
                    .hasMessageContaining("rollout r-one has begun at the same moment");
            assertThat(site.journals().latest()).contains("r-one");
        }
        var pool = Executors.newFixedThreadPool(2);
        try {
            Callable<String> start = () -> {
                try {
                    site.controller().start(site.order());
                    return "begun";
                } catch (DeliveryException e) {
                    return e.what();
                }
            };
            List<String> ends = List.of(end(pool.submit(start)), end(pool.submit(start)));
            assertThat(ends).filteredOn("begun"::equals).hasSize(1);
            assertThat(ends).anyMatch(text -> text.contains(site.id) && text.contains("is still under way"));
        } finally {
            pool.shutdown();
        }
    }

    private static String end(java.util.concurrent.Future<String> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldTakeConfigurationBackWithTheImage() throws Exception {
        site.template = (KubernetesSite.TEMPLATE
                        + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"${name}\"}\ndata: {threshold: \"0.7\"}\n"
                        + "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: \"${name}\"}\n"
                        + "spec: {minReplicas: 4, maxReplicas: 8, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: \"${name}\"}}\n")
                .replace("  replicas: 1\n", "");
        site.start();
        site.tickUntilWeight(50);
        String name = site.name() + "-2";
        var autoscaler = new ResourceName("autoscaling/v2", "HorizontalPodAutoscaler", "ml", name);
        var map = new ResourceName("v1", "ConfigMap", "ml", name);
        assertThat(number(autoscaler, "/spec/minReplicas")).isEqualTo(2);
        assertThat(number(site.deployment("2"), "/status/availableReplicas")).isGreaterThanOrEqualTo(2);
        assertThat(cluster.find(map)).isPresent();
        site.prometheus.fails("2", 0.5);

        site.assertOldServes(site.finish());
        assertThat(cluster.find(map)).isEmpty();
        assertThat(cluster.find(autoscaler)).isEmpty();
    }

    private static int number(ResourceName name, String pointer) {
        JsonNode found = cluster.find(name).orElseThrow();
        return found.at(pointer).asInt();
    }

    @Test
    void shouldTakeAGroupBackWhenOneMemberFails() throws Exception {
        try (KubernetesSite other = new KubernetesSite(cluster, site.name() + "b")) {
            other.serveOldVersion();
            other.awaitOldVersion();
            other.prometheus.fails("2", 0.5);
            List<Member> members = List.of(member(site), member(other));
            Standings standings = new RolloutGroup(members, "test").tick(false);
            for (int i = 0; i < 600 && !standings.finished(); i++) {
                Thread.sleep(100);
                site.prometheus.serve(40);
                other.prometheus.serve(40);
                standings = new RolloutGroup(members, "test").tick(false);
            }

            assertThat(standings.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(standings.members().get(0).report().reason()).contains("aborted by request");
            site.assertOldServes();
            other.assertOldServes();
        }
    }

    private static Member member(KubernetesSite site) throws InterruptedException {
        Rollouts rollouts = site.rollouts();
        RolloutReport begun = rollouts.start(new Rollouts.Request(
                "flights",
                "2",
                Optional.empty(),
                "test",
                "rollout.yaml",
                KubernetesSite.PLAN,
                Optional.empty(),
                Optional.empty(),
                Optional.of("group")));
        return new Member(rollouts, begun.id(), false, 0);
    }

    @Test
    void shouldSetRightWhatSomebodyElseChanged() throws Exception {
        site.start();
        site.tickUntilWeight(10);
        cluster.merge(
                site.route(),
                TestCluster.json(
                        "spec: {rules: [{backendRefs: [{name: NAME-1, port: 80, weight: 1}, {name: NAME-2, port: 80, weight: 99}]}]}"
                                .replace("NAME", site.name())));
        site.tick();

        assertThat(site.weightOfNew()).isEqualTo(10);
        assertThat(site.finish().outcome()).isEqualTo(Outcome.PASS);
    }
}
