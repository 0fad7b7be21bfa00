package io.mldelivery.rollout.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ClusterAccess;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.kubernetes.TestCluster;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.control.Rollouts;
import io.mldelivery.rollout.control.Rollouts.Request;
import io.mldelivery.rollout.control.Site;
import io.mldelivery.rollout.fake.FakeRegistry;
import io.mldelivery.rollout.metrics.PrometheusSource;
import io.mldelivery.rollout.metrics.SeriesNames;
import io.mldelivery.rollout.plan.PrometheusAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole rollouts through the real controllers of Argo Rollouts and Flagger, in a cluster where both run: started by
 * {@code -Dtest=DelegateTrials -Dmldelivery.delegates=kubeconfig}, see benchmarks/delegates. What it recorded of their objects is
 * what {@link DelegatedTargetTest} reads.
 */
class DelegateTrials {
    private static final String PLAN = """
            steps: [{weight: 25, requests: 100}, {weight: 50, requests: 100}, {weight: 100, requests: 100}]
            analysis: {successRate: {min: 0.9}, minimumRequests: 50, errors: 20s, interval: 200ms}
            deadline: 8m
            drain: 1s
            """;
    private static final String PODS = """
              replicas: 4
              selector: {matchLabels: {app: NAME}}
              template:
                metadata: {labels: {app: NAME}}
                spec:
                  containers: [{name: serving, image: "serving:${version}", ports: [{name: http, containerPort: 8080}]}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: "${name}"}
            data: {version: "${version}"}
            """;
    private static final String CANARY = """
            apiVersion: flagger.app/v1beta1
            kind: Canary
            metadata: {name: NAME, namespace: ml}
            spec:
              provider: gatewayapi:v1
              targetRef: {apiVersion: apps/v1, kind: Deployment, name: NAME}
              service: {port: 80, targetPort: 8080, gatewayRefs: [{name: gateway, namespace: ml}]}
              analysis: {interval: 10s, threshold: 5, stepWeight: 10, maxWeight: 50}
            """;

    private final FakeRegistry registry = new FakeRegistry();
    private Cluster cluster;
    private FakePrometheus prometheus;
    private Rollouts rollouts;
    private DelegatedTarget target;
    private final List<String> seen = new ArrayList<>();

    @BeforeEach
    void connect() throws Exception {
        cluster = ClusterAccess.kubeconfig(Path.of(System.getProperty("mldelivery.delegates")), Optional.empty());
        prometheus = new FakePrometheus(this::shareOfTwo);
    }

    @AfterEach
    void close() {
        prometheus.close();
        cluster.close();
    }

    private int shareOfTwo() {
        try {
            return target.weight(new Deployment("flights", "2", "2"));
        } catch (DeliveryException e) {
            return 0; // about to change
        }
    }

    private String open(Delegate delegate) {
        String name = (delegate == Delegate.ARGO_ROLLOUT ? "argo-" : "flagger-") + Long.toHexString(System.nanoTime());
        String head = delegate == Delegate.ARGO_ROLLOUT
                ? "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: NAME}\nspec:\n"
                : "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: NAME}\nspec:\n";
        if (delegate == Delegate.FLAGGER_CANARY) {
            cluster.apply(TestCluster.json(CANARY.replace("NAME", name)), true);
        }
        var access = new PrometheusAccess(
                prometheus.address().toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        target = new DelegatedTarget(
                cluster,
                "ml",
                name,
                delegate,
                name,
                "serving.yaml",
                (head + PODS).replace("NAME", name),
                new PrometheusSource(access, Map.of(), SeriesNames.OURS, Duration.ofSeconds(30), Clock.systemUTC()));
        var journals = new ConfigMapJournals(cluster, "ml", name, Clock.systemUTC());
        rollouts = new Rollouts(new Site(target.name(), journals, target), registry, Clock.systemUTC(), Map.of());
        return name;
    }

    @ParameterizedTest
    @EnumSource(
            value = Delegate.class,
            names = {"ARGO_ROLLOUT", "FLAGGER_CANARY"})
    void shouldPromoteGoBackAndReturn(Delegate delegate) throws Exception {
        String name = open(delegate);
        assertThat(run("1").outcome()).isEqualTo(Outcome.PASS);

        prometheus.fails("2", 0.5);
        RolloutReport bad = run("2");
        assertThat(bad.outcome()).as(bad.reason()).isEqualTo(Outcome.FAIL);
        assertThat(bad.state()).isEqualTo("rolled-back");
        assertServes(name, "1");

        prometheus.fails("2", 0);
        RolloutReport good = run("2");
        assertThat(good.outcome()).as(good.reason()).isEqualTo(Outcome.PASS);
        assertServes(name, "2");

        RolloutReport back =
                finish(rollouts.startReturn(Optional.empty(), "test").id());
        assertThat(back.outcome()).as(back.reason()).isEqualTo(Outcome.PASS);
        assertServes(name, "1");
        RolloutReport aborted = rollouts.start(request("2"));
        for (int i = 0; i < 600 && shareOfTwo() < 25; i++) {
            tick(aborted.id());
        }
        assertThat(shareOfTwo()).isEqualTo(25);
        assertThat(rollouts.abort(aborted.id()).reason()).isEqualTo("rolled back: aborted by request");
        assertServes(name, "1");
    }

    private void assertServes(String name, String version) throws InterruptedException {
        var deployment = new Deployment("flights", version, version);
        assertThat(target.current()).contains(deployment);
        assertThat(target.weight(deployment)).isEqualTo(100);
        assertThat(registry.champion("flights")).contains(version);
        assertThat(cluster.list(new ResourceName("v1", "ConfigMap", "ml", ""), "mldelivery.io/key").stream()
                        .map(map -> map.path("metadata").path("name").asText())
                        .filter(map -> map.startsWith(name)))
                .containsExactly(name + "-" + version);
        Thread.sleep(1_000);
        assertThat(cluster
                        .list(
                                new ResourceName("v1", "Pod", "ml", ""),
                                "mldelivery.io/target=" + name + ",mldelivery.io/key!=" + version)
                        .stream()
                        .filter(pod -> !pod.path("metadata").has("deletionTimestamp")))
                .isEmpty();
    }

    private Request request(String version) {
        return new Request(
                "flights", version, Optional.empty(), "test", "rollout.yaml", PLAN, Optional.empty(), Optional.empty());
    }

    private RolloutReport run(String version) throws InterruptedException {
        return finish(rollouts.start(request(version)).id());
    }

    private RolloutReport finish(String id) throws InterruptedException {
        seen.clear();
        long start = System.nanoTime();
        RolloutReport report = tick(id);
        for (int i = 0; i < 3_000 && !report.isFinished(); i++) {
            report = tick(id);
        }
        System.out.printf(
                "%s %s in %.1f s: %s; %s%n",
                target.name(), report.state(), (System.nanoTime() - start) / 1e9, report.reason(), seen);
        assertThat(report.isFinished())
                .as(report.state() + ": " + report.reason())
                .isTrue();
        return report;
    }

    private RolloutReport tick(String id) throws InterruptedException {
        Thread.sleep(200);
        prometheus.serve(20);
        RolloutReport report = rollouts.tick(id, 0);
        String now = report.state() + " " + shareOfTwo();
        if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
            seen.add(now);
        }
        return report;
    }
}
