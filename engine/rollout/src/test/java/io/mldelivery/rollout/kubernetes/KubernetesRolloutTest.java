package io.mldelivery.rollout.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.kubernetes.TestCluster;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.control.RolloutController;
import io.mldelivery.rollout.control.RolloutOrder;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.fake.FakeRegistry;
import io.mldelivery.rollout.machine.Command;
import io.mldelivery.rollout.metrics.PrometheusSource;
import io.mldelivery.rollout.metrics.SeriesNames;
import io.mldelivery.rollout.plan.PrometheusAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole rollouts on a real API server, with real controllers and a real HTTPRoute; pods and users are simulated. */
class KubernetesRolloutTest {
    private static final String PLAN = """
            steps:
            - {weight: 10, requests: 20}
            - {weight: 50, requests: 40}
            - {weight: 100, requests: 40}
            analysis: {successRate: {min: 0.9}, minimumRequests: 20, errors: 2s, interval: 100ms}
            deadline: 60s
            drain: 1s
            """;
    private static final String TEMPLATE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: "${name}"}
            spec:
              replicas: 1
              progressDeadlineSeconds: 5
              minReadySeconds: 0
              selector: {matchLabels: {app: "${name}"}}
              template:
                metadata: {labels: {app: "${name}"POD_LABELS}, annotations: {test/ready: "READY"}}
                spec:
                  containers: [{name: serving, image: "registry/serving:${version}"RESOURCES}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: "${name}"}
            spec: {selector: {app: "${name}"}, ports: [{port: 80, targetPort: 8080}]}
            """;
    private static final ResourceName ROUTE =
            new ResourceName("gateway.networking.k8s.io/v1", "HTTPRoute", "ml", "flights");
    private static final Deployment OLD = new Deployment("flights", "1", "1");
    private static final Deployment NEW = new Deployment("flights", "2", "2");

    @TempDir
    static Path shared;

    private static TestCluster real;
    private static Cluster cluster;

    private final FakeRegistry registry = new FakeRegistry();
    private FakePrometheus prometheus;
    private String template = TEMPLATE;
    private boolean restarts;
    private RolloutController controller;
    private String id;

    @BeforeAll
    static void startCluster() throws Exception {
        real = TestCluster.start(shared.resolve("run"));
        cluster = real.connect();
    }

    @AfterAll
    static void stopCluster() throws Exception {
        if (real != null) {
            cluster.close();
            real.close();
        }
    }

    @BeforeEach
    void serveOldVersion() throws Exception {
        cluster.apply(TestCluster.json("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: flights}
                spec:
                  parentRefs: [{name: gateway}]
                  hostnames: [flights.example.org]
                  rules: [{backendRefs: [{name: flights-1, port: 80, weight: 100}]}]
                """), true);
        id = "r" + System.nanoTime();
        prometheus = new FakePrometheus(() -> target().weight(NEW));
        registry.champion("flights", Optional.of("1"));
        target().ensure(OLD, Optional.empty());
        target().current(OLD);
        cluster.await(
                        name("flights-1"),
                        Duration.ofSeconds(20),
                        any -> target().instance(OLD).isReady())
                .orElseThrow();
    }

    @AfterEach
    void clean() {
        if (prometheus != null) {
            prometheus.close();
            target().stop(NEW, Duration.ZERO);
        }
    }

    @Test
    void shouldPromoteHealthyVersion() throws Exception {
        RolloutReport report = run();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.PASS);
        assertThat(backends()).isEqualTo("flights-2=100 ");
        assertThat(cluster.find(name("flights-1"))).isEmpty();
        assertThat(target().current()).contains(NEW);
        assertThat(registry.champion("flights")).contains("2");
        assertThat(route().path("spec").path("hostnames").path(0).asText()).isEqualTo("flights.example.org");
    }

    @Test
    void shouldPromoteWithANewControllerForEveryTick() throws Exception {
        restarts = true;

        assertThat(run().outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldRollBackOnErrors() throws Exception {
        prometheus.fails("2", 0.5);

        RolloutReport report = run();

        assertThat(report.reason()).contains("success rate of the new version is 0.5");
        assertOldServes(report);
    }

    @Test
    void shouldRollBackWhenGpuCannotBeScheduled() throws Exception {
        template = TEMPLATE.replace("RESOURCES", ", resources: {limits: {nvidia.com/gpu: 8}}");

        RolloutReport report = run();

        assertThat(report.reason()).contains("did not start: pod flights-2-").contains("Insufficient nvidia.com/gpu");
        assertOldServes(report);
    }

    @Test
    void shouldRollBackWhenReadinessFails() throws Exception {
        template = TEMPLATE.replace("READY", "false");

        RolloutReport report = run();

        assertThat(report.reason()).contains("did not start").contains("has timed out progressing");
        assertOldServes(report);
    }

    @Test
    void shouldRollBackWhenPodsFail() throws Exception {
        template = TEMPLATE.replace("POD_LABELS", ", pod-container-running-failed.stage.kwok.x-k8s.io: 'true'");

        RolloutReport report = run();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.FAIL);
        assertOldServes(report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"frozen", "empty", "nan", "broken"})
    void shouldNeverPromoteWithoutMeasurements(String mode) throws Exception {
        prometheus.mode(mode);

        RolloutReport report = run();

        assertThat(report.reason()).contains("could not measure for 2 s: Prometheus at 127.0.0.1");
        assertOldServes(report);
    }

    @Test
    void shouldGoBackWhenAbortedAtAnyWeight() throws Exception {
        start();
        for (int i = 0; i < 200 && target().weight(NEW) < 50; i++) {
            tick();
        }
        journals().command(id, Command.ABORT);

        assertOldServes(finish());
    }

    /** Five seconds here; how long it lasts changes nothing but the number of failed looks. */
    @Test
    void shouldGoOnWhenTheApiServerIsBack() throws Exception {
        start();
        for (int i = 0; i < 200 && target().weight(NEW) < 10; i++) {
            tick();
        }
        real.killApiServer();
        int failed = 0;
        try {
            for (int i = 0; i < 5; i++) {
                Thread.sleep(1_000);
                failed += looks() ? 0 : 1;
            }
        } finally {
            real.startApiServer();
        }
        assertThat(failed).isEqualTo(5);
        for (int i = 0; i < 300 && !looks(); i++) {
            Thread.sleep(100);
        }
        RolloutReport report = finish();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.PASS);
        assertThat(backends()).isEqualTo("flights-2=100 ");
    }

    private boolean looks() {
        try {
            controller.tick(id, 0);
            return true;
        } catch (DeliveryException e) {
            return false;
        }
    }

    @Test
    void shouldLetOnlyOneOfTwoControllersAct() throws Exception {
        start();
        tick();
        ConfigMapJournals mine = journals();
        var journal = mine.journal(id).orElseThrow();
        tick();
        tick();

        assertThatThrownBy(() -> mine.save(journal)).hasMessageContaining("another controller has moved rollout " + id);
        assertThat(finish().outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldTakeConfigurationBackWithTheImage() throws Exception {
        String old = template;
        template = TEMPLATE
                + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"${name}\"}\ndata: {threshold: \"0.7\"}\n"
                + "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: \"${name}\"}\n"
                + "spec: {minReplicas: 4, maxReplicas: 8, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: \"${name}\"}}\n";
        template = template.replace("  replicas: 1\n", "");
        start();
        for (int i = 0; i < 300 && target().weight(NEW) < 50; i++) {
            tick();
        }
        var autoscaler = new ResourceName("autoscaling/v2", "HorizontalPodAutoscaler", "ml", "flights-2");
        assertThat(cluster.find(autoscaler)
                        .orElseThrow()
                        .path("spec")
                        .path("minReplicas")
                        .asInt())
                .isEqualTo(2);
        assertThat(cluster.find(name("flights-2"))
                        .orElseThrow()
                        .path("status")
                        .path("availableReplicas")
                        .asInt())
                .isGreaterThanOrEqualTo(2);
        assertThat(cluster.find(new ResourceName("v1", "ConfigMap", "ml", "flights-2")))
                .isPresent();
        prometheus.fails("2", 0.5);
        RolloutReport report = finish();

        assertOldServes(report);
        assertThat(cluster.find(new ResourceName("v1", "ConfigMap", "ml", "flights-2")))
                .isEmpty();
        assertThat(cluster.find(autoscaler)).isEmpty();
        template = old;
    }

    @Test
    void shouldSetRightWhatSomebodyElseChanged() throws Exception {
        start();
        for (int i = 0; i < 200 && target().weight(NEW) < 10; i++) {
            tick();
        }
        cluster.merge(
                ROUTE,
                TestCluster.json(
                        "spec: {rules: [{backendRefs: [{name: flights-1, port: 80, weight: 1}, {name: flights-2, port: 80, weight: 99}]}]}"));
        tick();

        assertThat(target().weight(NEW)).isEqualTo(10);
        assertThat(finish().outcome()).isEqualTo(Outcome.PASS);
    }

    private RolloutReport run() throws InterruptedException {
        start();
        return finish();
    }

    private void start() {
        controller = controller();
        controller.start(new RolloutOrder(
                id,
                "test",
                target().name(),
                NEW,
                Optional.of(OLD),
                Optional.of("1"),
                "rollout.yaml",
                PLAN,
                Optional.empty(),
                Optional.empty(),
                Instant.now()));
    }

    private RolloutReport finish() throws InterruptedException {
        RolloutReport report = tick();
        for (int i = 0; i < 600 && !report.isFinished(); i++) {
            report = tick();
        }
        assertThat(report.isFinished())
                .as(report.state() + ": " + report.reason())
                .isTrue();
        return report;
    }

    private RolloutReport tick() throws InterruptedException {
        Thread.sleep(100);
        prometheus.serve(40);
        if (restarts) {
            controller = controller();
        }
        return controller.tick(id, 0);
    }

    private void assertOldServes(RolloutReport report) {
        assertThat(report.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(backends()).isEqualTo("flights-1=100 ");
        assertThat(cluster.find(name("flights-2"))).isEmpty();
        assertThat(target().instance(OLD).isReady()).isTrue();
        assertThat(registry.champion("flights")).contains("1");
        assertThat(target().current()).contains(OLD);
    }

    private static JsonNode route() {
        return cluster.find(ROUTE).orElseThrow();
    }

    private static String backends() {
        var text = new StringBuilder();
        for (JsonNode backend : route().path("spec").path("rules").path(0).path("backendRefs")) {
            text.append(backend.path("name").asText())
                    .append('=')
                    .append(backend.path("weight").asInt())
                    .append(' ');
        }
        return text.toString();
    }

    private static ResourceName name(String deployment) {
        return new ResourceName("apps/v1", "Deployment", "ml", deployment);
    }

    private RolloutController controller() {
        return new RolloutController(journals(), target(), registry, Clock.systemUTC());
    }

    private PrometheusAccess access() {
        return new PrometheusAccess(
                prometheus.address().toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ConfigMapJournals journals() {
        return new ConfigMapJournals(cluster, "ml", "flights", Clock.systemUTC());
    }

    private KubernetesTarget target() {
        String filled =
                template.replace("READY", "true").replace("RESOURCES", "").replace("POD_LABELS", "");
        return new KubernetesTarget(
                cluster,
                "ml",
                "flights",
                "serving.yaml",
                filled,
                new HttpRouteRouter(cluster, "ml", "flights", "flights", 80),
                new PrometheusSource(access(), Map.of(), SeriesNames.OURS, Duration.ofSeconds(30), Clock.systemUTC()));
    }
}
