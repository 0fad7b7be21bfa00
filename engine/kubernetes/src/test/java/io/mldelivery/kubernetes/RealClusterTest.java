package io.mldelivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real API server. */
class RealClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static TestCluster real;
    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        real = TestCluster.start(folder.resolve("run"));
        cluster = real.connect();
    }

    @AfterAll
    static void stop() throws Exception {
        if (real != null) {
            cluster.close();
            real.close();
        }
    }

    @Test
    void shouldApplyWatchAndDelete() {
        JsonNode manifest = deployment("web", "registry/image:1", "");
        ResourceName name = ResourceName.of(manifest, "ml");

        cluster.apply(manifest, false);
        JsonNode ready = cluster.await(name, PATIENCE, RealClusterTest::isReady).orElseThrow();
        JsonNode again = cluster.apply(manifest, false);

        assertThat(ready.path("status").path("availableReplicas").asInt()).isEqualTo(2);
        assertThat(again.path("metadata").path("generation"))
                .isEqualTo(ready.path("metadata").path("generation"));
        assertThat(cluster.list(new ResourceName("v1", "Pod", "ml", ""), "app=web"))
                .hasSize(2);
        cluster.delete(name);
        cluster.delete(name);
        assertThat(cluster.find(name)).isEmpty();
    }

    @Test
    void shouldNotTakeFieldsFromOthersUnasked() {
        ObjectNode map = (ObjectNode)
                TestCluster.json("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: owned}\ndata: {a: ours}\n");
        cluster.apply(map, false);
        cluster.merge(ResourceName.of(map, "ml"), TestCluster.json("data: {a: theirs}"));

        assertThatThrownBy(() -> cluster.apply(map, false))
                .hasMessageContaining("applying ConfigMap ml/owned: 409")
                .hasMessageContaining("Somebody else manages these fields");
        assertThat(cluster.apply(map, true).path("data").path("a").asText()).isEqualTo("ours");
    }

    @Test
    void shouldKnowWithoutARequestWhatAWatchTells() throws Exception {
        var like = new ResourceName("v1", "ConfigMap", "ml", "watched");
        try (var proxy = new FaultyProxy(real.address(), 1);
                Cluster watcher = real.connectThrough(proxy.address(), false)) {
            assertThat(watcher.known(like, "mine=yes")).isEmpty();
            cluster.apply(map("watched", "1"), true);
            assertThat(awaitKnown(watcher, like, "1")).isTrue();
            proxy.takeRequests();
            assertThat(watcher.known(like, "mine=yes", "mine")).hasSize(1);
            assertThat(watcher.known(like, "mine=yes", "mine=no")).isEmpty();
            watcher.merge(like, TestCluster.json("data: {a: '2'}"));
            assertThat(value(watcher, like)).isEqualTo("2");
            cluster.apply(map("watched", "3"), true);
            assertThat(awaitKnown(watcher, like, "3")).isTrue();
            cluster.delete(like);
            assertThat(awaitKnown(watcher, like, "gone")).isTrue();

            assertThat(proxy.takeRequests()).containsOnly(Map.entry("PATCH", 1));
        }
    }

    @Test
    void shouldGoOnWhenWatchesBreakAndAnswersAreWrong() throws Exception {
        var like = new ResourceName("v1", "ConfigMap", "ml", "shaken");
        try (var proxy = new FaultyProxy(real.address(), 2);
                Cluster watcher = real.connectThrough(proxy.address(), false)) {
            proxy.faults(0.6);
            for (int i = 0; i < 20; i++) {
                cluster.apply(map("shaken", String.valueOf(i)), true);
                try {
                    watcher.known(like, "mine=yes");
                } catch (io.mldelivery.model.DeliveryException e) {
                    assertThat(e).hasMessageContaining("ConfigMap");
                }
            }
            proxy.faults(0);
            assertThat(awaitKnown(watcher, like, "19")).isTrue();
            cluster.delete(like);
        }
    }

    private static JsonNode map(String name, String value) {
        return TestCluster.json("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name
                + ", labels: {mine: 'yes'}}\ndata: {a: '" + value + "'}\n");
    }

    private static String value(Cluster watcher, ResourceName name) {
        return watcher.known(name, "mine=yes")
                .map(found -> found.path("data").path("a").asText())
                .orElse("gone");
    }

    private static boolean awaitKnown(Cluster watcher, ResourceName name, String value) throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            if (value(watcher, name).equals(value)) {
                return true;
            }
            Thread.sleep(25);
        }
        return false;
    }

    @Test
    void shouldSayWhyAGpuPodCannotBeScheduled() throws InterruptedException {
        cluster.apply(deployment("gpu", "registry/image:1", "resources: {limits: {nvidia.com/gpu: 3}}"), false);

        String trouble = awaitTrouble("app=gpu");

        assertThat(trouble).contains("cannot be scheduled").contains("Insufficient nvidia.com/gpu");
    }

    @Test
    void shouldNameEachMissingRuleUntilItIsThere() {
        ResourceName name = new ResourceName("v1", "ConfigMap", "ml", "secret-plans");
        try (Cluster limited = real.connectLimited()) {
            assertThatThrownBy(() -> limited.find(name))
                    .hasMessageContaining("limited may not get configmaps in namespace ml")
                    .hasMessageContaining("{apiGroups: [\"\"], resources: [\"configmaps\"], verbs: [\"get\"]}");
            cluster.apply(TestCluster.json("""
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: Role
                    metadata: {name: reader}
                    rules: [{apiGroups: [""], resources: ["configmaps"], verbs: ["get"]}]
                    """), true);
            cluster.apply(TestCluster.json("""
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: RoleBinding
                    metadata: {name: reader}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
                    subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: limited}]
                    """), true);
            assertThat(awaitAbsent(limited, name)).isTrue();
        }
    }

    /** The authorizer hears of a new binding a moment later. */
    private static boolean awaitAbsent(Cluster limited, ResourceName name) {
        for (int i = 0; i < 50; i++) {
            try {
                return limited.find(name).isEmpty();
            } catch (io.mldelivery.model.DeliveryException e) {
                pause();
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isReady(JsonNode object) {
        return Readiness.of(object).state() == Readiness.State.READY;
    }

    private static String awaitTrouble(String labels) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            var trouble = PodTrouble.in(cluster.list(new ResourceName("v1", "Pod", "ml", ""), labels));
            if (trouble.isPresent()) {
                return trouble.get();
            }
            Thread.sleep(100);
        }
        return "none";
    }

    private static JsonNode deployment(String name, String image, String more) {
        return TestCluster.json(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: NAME}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: NAME}}
                  template:
                    metadata: {labels: {app: NAME}}
                    spec:
                      tolerations: [{operator: Exists}]
                      containers:
                      - name: serving
                        image: IMAGE
                        MORE
                """.replace("NAME", name).replace("IMAGE", image).replace("MORE", more));
    }
}
