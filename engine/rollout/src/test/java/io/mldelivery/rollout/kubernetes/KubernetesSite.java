package io.mldelivery.rollout.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.kubernetes.TestCluster;
import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.control.RolloutController;
import io.mldelivery.rollout.control.RolloutOrder;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.control.Rollouts;
import io.mldelivery.rollout.control.Site;
import io.mldelivery.rollout.fake.FakeRegistry;
import io.mldelivery.rollout.metrics.PrometheusSource;
import io.mldelivery.rollout.metrics.SeriesNames;
import io.mldelivery.rollout.plan.PrometheusAccess;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One target on the real API server, with its route, its simulated users and a registry; version 1 serves. */
final class KubernetesSite implements AutoCloseable {
    static final String PLAN = """
            steps:
            - {weight: 10, requests: 20}
            - {weight: 50, requests: 40}
            - {weight: 100, requests: 40}
            analysis: {successRate: {min: 0.9}, minimumRequests: 20, errors: 2s, interval: 100ms}
            deadline: 60s
            drain: 200ms
            """;
    static final String TEMPLATE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: "${name}"}
            spec:
              replicas: 1
              progressDeadlineSeconds: 60
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
    static final Deployment OLD = new Deployment("flights", "1", "1");
    static final Deployment NEW = new Deployment("flights", "2", "2");

    /** Sees what is, past all faults. */
    private final Cluster admin;

    private final String name;
    final FakeRegistry registry = new FakeRegistry();
    final FakePrometheus prometheus;
    /** How the controller reaches the cluster and Prometheus. */
    Cluster cluster;

    URI prometheusAddress;
    String template = TEMPLATE;
    String plan = PLAN;
    Clock clock = Clock.systemUTC();
    String id;
    private RolloutController controller;

    KubernetesSite(Cluster admin, String name) throws IOException {
        this.admin = admin;
        this.cluster = admin;
        this.name = name;
        this.prometheus = new FakePrometheus(() -> plain().weight(NEW));
        this.prometheusAddress = prometheus.address();
    }

    String name() {
        return name;
    }

    /** Version 1 serves all requests. */
    void serveOldVersion() {
        admin.apply(TestCluster.json("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: NAME}
                spec:
                  parentRefs: [{name: gateway}]
                  hostnames: [flights.example.org]
                  rules: [{backendRefs: [{name: NAME-1, port: 80, weight: 100}]}]
                """.replace("NAME", name)), true);
        id = "r" + System.nanoTime();
        registry.champion("flights", Optional.of("1"));
        plain().ensure(OLD, Optional.empty());
        plain().current(OLD);
    }

    /** Patient: after a minute without its API server a cluster takes its nodes for lost, and for a while starts no pod. */
    void awaitOldVersion() throws InterruptedException {
        for (int i = 0; i < 3600 && !plain().instance(OLD).isReady(); i++) {
            Thread.sleep(50);
        }
        assertThat(plain().instance(OLD).isReady())
                .as(plain().instance(OLD).toString())
                .isTrue();
    }

    ResourceName deployment(String version) {
        return new ResourceName("apps/v1", "Deployment", "ml", name + "-" + version);
    }

    ResourceName route() {
        return new ResourceName("gateway.networking.k8s.io/v1", "HTTPRoute", "ml", name);
    }

    /** For how long the route has been as it is, as it says itself. */
    Duration settledFor() {
        String since = admin.find(route())
                .orElseThrow()
                .path("metadata")
                .path("annotations")
                .path("mldelivery.io/split-since")
                .asText();
        return Duration.between(Instant.parse(since), Instant.now());
    }

    RolloutReport run() throws InterruptedException {
        start();
        return finish();
    }

    void start() {
        controller = controller();
        controller.start(order());
    }

    RolloutOrder order() {
        return new RolloutOrder(
                id,
                "test",
                target().name(),
                NEW,
                Optional.of(OLD),
                Optional.of("1"),
                "rollout.yaml",
                plan,
                Optional.empty(),
                Optional.empty(),
                Instant.now(),
                Optional.empty());
    }

    RolloutReport finish() throws InterruptedException {
        RolloutReport report = tick();
        for (int i = 0; i < 900 && !report.isFinished(); i++) {
            report = tick();
        }
        assertThat(report.isFinished())
                .as(report.state() + ": " + report.reason())
                .isTrue();
        return report;
    }

    void tickUntilWeight(int weight) throws InterruptedException {
        for (int i = 0; i < 300 && plain().weight(NEW) < weight; i++) {
            tick();
        }
        assertThat(plain().weight(NEW)).isGreaterThanOrEqualTo(weight);
    }

    RolloutReport tick() throws InterruptedException {
        Thread.sleep(100);
        return look(40);
    }

    /** Users are served, and the controller looks. */
    RolloutReport look(int requests) {
        prometheus.serve(requests);
        return controller.tick(id, 0);
    }

    /** What a new process would use. */
    void forgetController() {
        controller = controller();
    }

    RolloutController controller() {
        return new RolloutController(journals(), target(), registry, clock);
    }

    Rollouts rollouts() {
        return new Rollouts(new Site(target().name(), journals(), target()), registry, clock, Map.of());
    }

    ConfigMapJournals journals() {
        return new ConfigMapJournals(cluster, "ml", name, clock);
    }

    KubernetesTarget target() {
        return target(cluster, prometheusAddress);
    }

    private KubernetesTarget plain() {
        return target(admin, prometheus.address());
    }

    int weightOfNew() {
        return plain().weight(NEW);
    }

    private KubernetesTarget target(Cluster connection, URI metrics) {
        String filled =
                template.replace("READY", "true").replace("RESOURCES", "").replace("POD_LABELS", "");
        var access = new PrometheusAccess(
                metrics.toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new KubernetesTarget(
                connection,
                "ml",
                name,
                "serving.yaml",
                filled,
                new HttpRouteRouter(connection, "ml", name, name, 80),
                new PrometheusSource(access, Map.of(), SeriesNames.OURS, Duration.ofSeconds(30), Clock.systemUTC()));
    }

    /** The old version has all traffic, is current and champion; of the new one nothing is left. */
    void assertOldServes() {
        assertThat(backends()).isEqualTo(name + "-1=100 ");
        assertThat(admin.find(deployment("2"))).isEmpty();
        assertThat(admin.find(new ResourceName("v1", "Service", "ml", name + "-2")))
                .isEmpty();
        assertThat(plain().instance(OLD).isReady()).isTrue();
        assertThat(registry.champion("flights")).contains("1");
        assertThat(plain().current()).contains(OLD);
    }

    void assertOldServes(RolloutReport report) {
        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.FAIL);
        assertOldServes();
    }

    /** The new version has all traffic, is current and champion; of the old one nothing is left. */
    void assertNewServes() {
        assertThat(backends()).isEqualTo(name + "-2=100 ");
        assertThat(admin.find(deployment("1"))).isEmpty();
        assertThat(plain().current()).contains(NEW);
        assertThat(registry.champion("flights")).contains("2");
    }

    String backends() {
        var text = new StringBuilder();
        JsonNode rules = admin.find(route()).orElseThrow().path("spec").path("rules");
        for (JsonNode backend : rules.path(0).path("backendRefs")) {
            text.append(backend.path("name").asText())
                    .append('=')
                    .append(backend.path("weight").asInt())
                    .append(' ');
        }
        return text.toString();
    }

    /** Removes the target with all its versions and rollouts. */
    @Override
    public void close() {
        prometheus.close();
        for (Deployment one : new Deployment[] {OLD, NEW}) {
            plain().stop(one, Duration.ZERO);
        }
        admin.delete(route());
        admin.delete(TargetMemory.name("ml", name));
        for (JsonNode map :
                admin.list(new ResourceName("v1", "ConfigMap", "ml", ""), Template.TARGET_LABEL + "=" + name)) {
            admin.delete(ResourceName.of(map, "ml"));
        }
    }
}
