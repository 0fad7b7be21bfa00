package io.mldelivery.rollout.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.kubernetes.TestCluster;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.control.Split;
import io.mldelivery.rollout.kubernetes.AccessRules.Rule;
import io.mldelivery.rollout.plan.Assignment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every router against a real API server, and what a rollout may not do without. */
@ExtendWith(SharedCluster.class)
class RoutersTest {
    private static final Optional<String> OLD = Optional.of("f-1");
    private static final String NEW = "f-2";
    private static final Split BY_HEADER = new Split(
            Split.Kind.ASSIGNED, 50, Optional.of(new Assignment(Assignment.Kind.HEADER, "X-Group", Optional.of("b"))));
    private static final Split BY_COOKIE = new Split(
            Split.Kind.ASSIGNED, 50, Optional.of(new Assignment(Assignment.Kind.COOKIE, "group", Optional.of("b.2"))));
    private static final Split MIRRORED = new Split(Split.Kind.MIRRORED, 30, Optional.empty());
    private static final String TEMPLATE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: "${name}"}
            spec:
              replicas: 1
              selector: {matchLabels: {app: "${name}"}}
              template:
                metadata: {labels: {app: "${name}"}}
                spec: {containers: [{name: serving, image: "registry/serving:${version}"}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: "${name}"}
            spec: {selector: {app: "${name}"}, ports: [{port: 80}]}
            """;

    private static TestCluster real;
    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        real = SharedCluster.running();
        cluster = real.connect();
        SharedCluster.define(cluster, "networking.istio.io", "v1", "VirtualService", "virtualservices");
        SharedCluster.define(cluster, "split.smi-spec.io", "v1alpha4", "TrafficSplit", "trafficsplits");
        SharedCluster.define(cluster, "argoproj.io", "v1alpha1", "Rollout", "rollouts");
        SharedCluster.define(cluster, "flagger.app", "v1beta1", "Canary", "canaries");
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    private static void create(String yaml) {
        cluster.apply(TestCluster.json(yaml), true);
    }

    private static JsonNode spec(String apiVersion, String kind, String name) {
        return cluster.find(new ResourceName(apiVersion, kind, "ml", name))
                .orElseThrow()
                .path("spec");
    }

    @Test
    void shouldRouteByHttpRoute() {
        create("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: web}
                spec:
                  parentRefs: [{name: gateway}]
                  rules:
                  - matches: [{path: {type: PathPrefix, value: /predict}}]
                    filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: X-Served, value: "yes"}]}}]
                    backendRefs: [{name: f-1, port: 80}]
                """);
        var router = new HttpRouteRouter(cluster, "ml", "web", "f", 80);

        for (Split split :
                List.of(Split.weighted(20), MIRRORED, BY_HEADER, BY_HEADER, Split.weighted(100), Split.weighted(0))) {
            router.split(NEW, OLD, split);
            assertThat(router.split(NEW)).isEqualTo(split);
        }
        JsonNode rules =
                spec("gateway.networking.k8s.io/v1", "HTTPRoute", "web").path("rules");
        assertThat(rules).hasSize(1);
        assertThat(rules.get(0).path("filters")).hasSize(1);
        assertThat(rules.get(0)
                        .path("matches")
                        .get(0)
                        .path("path")
                        .path("value")
                        .asText())
                .isEqualTo("/predict");
        assertThatThrownBy(() -> router.split(NEW, OLD, BY_COOKIE))
                .hasMessageContaining("the Gateway API cannot assign users by cookie");
    }

    @Test
    void shouldLetOthersRoutesBe() {
        create("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: theirs, annotations: {mldelivery.io/target: other}}
                spec: {rules: [{backendRefs: [{name: f-1, port: 80}]}]}
                """);
        create("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: owned, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: c, uid: "1", controller: true}]}
                spec: {rules: [{backendRefs: [{name: f-1, port: 80}]}]}
                """);
        create("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: shop}
                spec: {rules: [{backendRefs: [{name: shop, port: 80}]}]}
                """);

        assertThatThrownBy(() -> route("theirs"))
                .hasMessageContaining("belongs to somebody else: it routes for the target other");
        assertThatThrownBy(() -> route("owned")).hasMessageContaining("it is controlled by Canary c");
        assertThatThrownBy(() -> route("shop")).hasMessageContaining("it sends requests to shop");
        assertThatThrownBy(() -> route("none")).hasMessageContaining("there is no HTTPRoute ml/none to route by");
    }

    private static void route(String name) {
        new HttpRouteRouter(cluster, "ml", name, "f", 80).split(NEW, OLD, Split.weighted(10));
    }

    @Test
    void shouldRouteByVirtualService() {
        create("""
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: web}
                spec:
                  hosts: [flights.example.org]
                  http: [{timeout: 5s, route: [{destination: {host: f-1}}]}]
                """);
        var router = new VirtualServiceRouter(cluster, "ml", "web", "f", 80);

        for (Split split :
                List.of(Split.weighted(20), MIRRORED, BY_HEADER, BY_COOKIE, Split.weighted(100), Split.weighted(0))) {
            router.split(NEW, OLD, split);
            assertThat(router.split(NEW)).isEqualTo(split);
        }
        router.split(NEW, OLD, BY_COOKIE);
        JsonNode routes =
                spec("networking.istio.io/v1", "VirtualService", "web").path("http");
        assertThat(routes).hasSize(2);
        String regex = routes.get(0)
                .path("match")
                .get(0)
                .path("headers")
                .path("cookie")
                .path("regex")
                .asText();
        assertThat("a=1; group=b.2").matches(regex);
        assertThat("group=b.2; x=y").matches(regex);
        assertThat("group=bx2").doesNotMatch(regex);
        assertThat(routes.get(1).path("timeout").asText()).isEqualTo("5s");
        router.split(NEW, OLD, Split.weighted(0));
        assertThat(spec("networking.istio.io/v1", "VirtualService", "web").path("http"))
                .hasSize(1);
    }

    @Test
    void shouldRouteByIngress() {
        create("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web}
                spec:
                  ingressClassName: nginx
                  rules: [{host: flights.example.org, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: f-1, port: {number: 80}}}}]}}]
                """);
        var router = new IngressRouter(cluster, "ml", "web", "f");
        var canary = new ResourceName("networking.k8s.io/v1", "Ingress", "ml", "web-canary");

        router.split(NEW, OLD, Split.weighted(20));
        assertThat(router.split(NEW)).isEqualTo(Split.weighted(20));
        assertThat(cluster.find(canary)
                        .orElseThrow()
                        .path("spec")
                        .path("ingressClassName")
                        .asText())
                .isEqualTo("nginx");
        router.split(NEW, OLD, BY_HEADER);
        assertThat(router.split(NEW)).isEqualTo(BY_HEADER);
        router.split(NEW, OLD, Split.weighted(100));
        assertThat(router.split(NEW)).isEqualTo(Split.weighted(100));
        assertThat(cluster.find(canary)).isEmpty();
        router.split(NEW, OLD, Split.weighted(0));
        assertThat(router.split(NEW)).isEqualTo(Split.weighted(0));
        assertThatThrownBy(() -> router.split(NEW, OLD, MIRRORED))
                .hasMessageContaining("ingress-nginx cannot mirror requests");
    }

    @Test
    void shouldRouteByTheNumberOfPods() throws Exception {
        var router = new ReplicaRouter(cluster, "ml", 4);
        deployment("r-1", 4);
        deployment("r-2", 0);
        awaitReady("r-1", 4);

        router.split("r-2", Optional.of("r-1"), Split.weighted(25));
        assertThat(router.split("r-2").percent()).isLessThan(25);
        assertThat(spec("apps/v1", "Deployment", "r-1").path("replicas").asInt())
                .isEqualTo(4);
        awaitReady("r-2", 1);
        assertThat(router.split("r-2").percent()).as("1 of 5 pods").isLessThan(25);
        router.split("r-2", Optional.of("r-1"), Split.weighted(25));

        for (int i = 0; i < 100 && router.split("r-2").percent() != 25; i++) {
            Thread.sleep(50); // the watch tells a moment later
        }
        assertThat(router.split("r-2")).isEqualTo(Split.weighted(25));
        assertThat(spec("apps/v1", "Deployment", "r-1").path("replicas").asInt())
                .isEqualTo(3);
        router.split("r-2", Optional.of("r-1"), Split.weighted(0));
        awaitReady("r-1", 4);
        assertThat(spec("apps/v1", "Deployment", "r-2").path("replicas").asInt())
                .isZero();
        assertThat(router.podsFor(10)).isEqualTo(1);
        assertThat(router.podsFor(99)).isEqualTo(3);
    }

    private static void deployment(String name, int replicas) {
        create("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: NAME, labels: {app.kubernetes.io/managed-by: mldelivery}}
                spec:
                  replicas: COUNT
                  selector: {matchLabels: {app: NAME}}
                  template: {metadata: {labels: {app: NAME}}, spec: {containers: [{name: s, image: "s:1"}]}}
                """.replace("NAME", name).replace("COUNT", "" + replicas));
    }

    private static void awaitReady(String name, int pods) {
        cluster.await(
                        new ResourceName("apps/v1", "Deployment", "ml", name),
                        Duration.ofSeconds(20),
                        found -> found.path("status").path("readyReplicas").asInt() == pods)
                .orElseThrow();
    }

    @Test
    void shouldLeaveTheShiftingToFieldsOfOthers() {
        create("apiVersion: split.smi-spec.io/v1alpha4\nkind: TrafficSplit\nmetadata: {name: flights}\n"
                + "spec: {service: flights, backends: [{service: f-1, weight: 100}, {service: none, weight: 0}]}\n");
        var name = new ResourceName("split.smi-spec.io/v1alpha4", "TrafficSplit", "ml", "flights");
        var fields = new FieldRouter.Fields(
                "/spec/backends/1/weight",
                Optional.of("/spec/backends/0/weight"),
                Optional.of("/spec/backends/1/service"),
                Optional.of("/spec/backends/0/service"));
        var router = new FieldRouter(cluster, name, "f", fields);

        assertThat(router.split(NEW)).isEqualTo(Split.weighted(0));
        router.split(NEW, OLD, Split.weighted(30));
        assertThat(router.split(NEW)).isEqualTo(Split.weighted(30));
        assertThat(spec(name.apiVersion(), "TrafficSplit", "flights").toString())
                .contains("[{\"service\":\"f-1\",\"weight\":70},{\"service\":\"f-2\",\"weight\":30}]");
        assertThatThrownBy(() -> router.split(NEW, OLD, MIRRORED)).hasMessageContaining("cannot mirror requests");
        var wrong = new FieldRouter.Fields("/spec/weight", Optional.empty(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> new FieldRouter(cluster, name, "f", wrong).split(NEW))
                .hasMessageContaining("has no field /spec/weight");
    }

    @Test
    void shouldSayWhatTheClusterLacks() {
        var unknown = new ResourceName("example.org/v1", "Trial", "ml", "x");
        var fields = new FieldRouter.Fields("/spec/a", Optional.empty(), Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> new FieldRouter(cluster, unknown, "f", fields).split(NEW))
                .hasMessageContaining("the cluster knows no Trial of example.org/v1")
                .hasMessageContaining("Install the custom resource definitions");
        assertThatThrownBy(() -> target(cluster, "nowhere").ensure(new Deployment("m", "1", "1"), Optional.empty()))
                .hasMessageContaining("namespaces \"nowhere\" not found")
                .hasMessageContaining("Check namespace and name");
    }

    @Test
    void shouldSayThatTheQuotaIsExceeded() throws Exception {
        create("apiVersion: v1\nkind: Namespace\nmetadata: {name: tight, namespace: ''}\n");
        create(
                "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: none, namespace: tight}\nspec: {hard: {pods: \"0\"}}\n");
        var version = new Deployment("m", "1", "1");
        KubernetesTarget target = target(cluster, "tight");
        Thread.sleep(500);
        target.ensure(version, Optional.empty());

        String detail = "";
        for (int i = 0; i < 100 && !detail.contains("quota"); i++) {
            Thread.sleep(100);
            detail = target.instance(version).detail();
        }
        assertThat(detail).contains("exceeded quota: none");
    }

    private static KubernetesTarget target(Cluster connection, String namespace) {
        return new KubernetesTarget(
                connection,
                namespace,
                "f",
                "serving.yaml",
                TEMPLATE,
                new HttpRouteRouter(connection, namespace, "limited", "f", 80),
                (model, version, key) -> VersionCounts.NONE);
    }

    /** As its controller was seen to obey in {@link DelegateTrials}. */
    @Test
    void shouldTellArgoByItsSteps() throws Exception {
        var argo = new ArgoRollout(cluster, "ml", "argo", "f");
        argo.bring(rollout("1"));
        assertThat(argo.sides().stable()).contains("1");
        argo.bring(rollout("2"));
        assertThat(steps()).isEqualTo("[{\"setWeight\":0},{\"pause\":{}}]");
        argo.weigh(25);
        assertThat(steps()).isEqualTo("[{\"setWeight\":25},{\"pause\":{}}]");
        argo.settle();
        argo.weigh(100); // must not bring the pause back
        assertThat(steps()).isEqualTo("[{\"setWeight\":100}]");
        argo.leave(rollout("1"));
        argo.withdraw(rollout("1"));
        assertThat(steps()).isEqualTo("[{\"setWeight\":0},{\"pause\":{}}]");
        assertThat(spec(ArgoRollout.API, "Rollout", "argo").toString()).contains("serving:1");
        argo.remove();
        for (int i = 0; i < 200 && !argo.sides().equals(Sides.NOTHING); i++) {
            Thread.sleep(50); // a watch tells a moment later
        }
        assertThat(argo.sides()).isEqualTo(Sides.NOTHING);
    }

    private static String steps() {
        return spec(ArgoRollout.API, "Rollout", "argo")
                .at("/strategy/canary/steps")
                .toString();
    }

    private static ObjectNode rollout(String version) {
        return (ObjectNode) TestCluster.json("apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n"
                + pods("argo", version)
                        .replace("spec: {selector", "spec: {strategy: {canary: {maxSurge: 1}}, selector"));
    }

    private static String pods(String name, String version) {
        return """
                metadata: {name: NAME, labels: {app.kubernetes.io/managed-by: mldelivery}}
                spec: {selector: {matchLabels: {app: NAME}}, template: {metadata: {labels: {app: NAME, mldelivery.io/key: "VERSION"}}, spec: {containers: [{name: serving, image: "serving:VERSION"}]}}}
                """.replace("NAME", name).replace("VERSION", version);
    }

    @Test
    void shouldTellFlaggerByItsStepsAndGates() {
        create(
                "apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: wine}\nspec:\n"
                        + "  targetRef: {apiVersion: apps/v1, kind: Deployment, name: wine}\n"
                        + "  analysis: {interval: 10s, stepWeight: 5, maxWeight: 50, webhooks: [{name: load, url: 'http://load'}]}\n");
        var flagger = new FlaggerCanary(cluster, "ml", "wine", "f");
        flagger.bring(deployment("wine", "2"));
        assertThat(analysis())
                .contains("\"stepWeights\":[100]", "\"name\":\"load\"")
                .contains("\"type\":\"confirm-traffic-increase\"", "\"type\":\"confirm-promotion\"")
                .doesNotContain("maxWeight", "\"stepWeight\"");
        flagger.weigh(25);
        assertThat(analysis()).contains("\"stepWeights\":[25]").doesNotContain("confirm-traffic-increase");
        flagger.settle();
        assertThat(analysis()).contains("\"name\":\"load\"").doesNotContain("confirm-");
        flagger.withdraw(deployment("wine", "1"));
        assertThat(spec(FlaggerCanary.API, "Canary", "wine")
                        .path("skipAnalysis")
                        .asBoolean())
                .isTrue();
        assertThat(spec("apps/v1", "Deployment", "wine").toString()).contains("serving:1");
        assertThatThrownBy(() -> flagger.bring(deployment("other", "2")))
                .hasMessageContaining("watches the Deployment ml/wine");
        flagger.remove();
    }

    private static ObjectNode deployment(String name, String version) {
        return (ObjectNode) TestCluster.json("apiVersion: apps/v1\nkind: Deployment\n" + pods(name, version));
    }

    private static String analysis() {
        return spec(FlaggerCanary.API, "Canary", "wine").path("analysis").toString();
    }

    /** Whether the API server takes what the examples want; that their servers start is another question. */
    @ParameterizedTest
    @ValueSource(strings = {"mldelivery", "triton", "djl-serving", "torchserve", "tf-serving"})
    void shouldTakeTheTemplatesOfOtherServers(String server) throws Exception {
        Path file = Path.of("..", "..", "resources", "targets", server, "serving.yaml");
        var target = new KubernetesTarget(
                cluster,
                "ml",
                server,
                "serving.yaml",
                Files.readString(file),
                new HttpRouteRouter(cluster, "ml", "limited", server, 80),
                (model, version, key) -> VersionCounts.NONE);
        var version = new Deployment("flights", "1", "1");
        target.ensure(version, Optional.empty());

        assertThat(target.instance(version).isAbsent()).isFalse();
        target.stop(version, Duration.ZERO);
        assertThat(cluster.find(new ResourceName("policy/v1", "PodDisruptionBudget", "ml", server + "-1")))
                .isEmpty();
    }

    /** One of the rules' verbs. */
    private record Right(String group, String resource, String verb) {}

    /** With all rights everything works; without any one of them, the refusal names the rule that is missing. */
    @Test
    void shouldNeedExactlyTheRightsOfTheGeneratedRole() throws Exception {
        create("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: limited}\n"
                + "spec: {rules: [{backendRefs: [{name: f-1, port: 80}]}]}\n");
        create("apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: rollout}\n"
                + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: rollout}\n"
                + "subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: limited}]\n");
        List<Right> rights = rights();
        allow(rights);
        assertThat(attempts("")).isEmpty();
        for (Right right : rights) {
            allow(rights.stream().filter(one -> !one.equals(right)).toList());
            String missing = "{apiGroups: [\"" + right.group() + "\"], resources: [\"" + right.resource()
                    + "\"], verbs: [\"" + right.verb() + "\"]}";
            assertThat(attempts(missing)).as(right.toString()).contains(missing);
        }
    }

    private static List<Right> rights() {
        List<Rule> router =
                List.of(new Rule("gateway.networking.k8s.io", "httproutes", List.of("get", "list", "watch", "patch")));
        List<Right> rights = new ArrayList<>();
        for (Rule rule : AccessRules.rules(TEMPLATE, "serving.yaml", "ml", "f", router)) {
            rule.verbs().forEach(verb -> rights.add(new Right(rule.group(), rule.resource(), verb)));
        }
        return rights;
    }

    private static void allow(List<Right> rights) {
        var yaml = new StringBuilder(
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: rollout}\nrules:\n");
        rights.forEach(right -> yaml.append("- {apiGroups: [\"")
                .append(right.group())
                .append("\"], resources: [\"")
                .append(right.resource())
                .append("\"], verbs: [")
                .append(right.verb())
                .append("]}\n"));
        create(yaml.toString());
    }

    /** What the attempt to do all that a rollout does ends with; the authorizer hears of changes a moment later. */
    private static String attempts(String expected) throws InterruptedException {
        String last = "never tried";
        for (int i = 0; i < 40 && !(expected.isEmpty() ? last.isEmpty() : last.contains(expected)); i++) {
            try (Cluster limited = real.connectLimited()) { // a new one: what it has learned is gone
                last = "";
                everything(limited);
            } catch (DeliveryException e) {
                last = e.advice();
            }
            Thread.sleep(50);
        }
        return last;
    }

    private static void everything(Cluster limited) {
        KubernetesTarget target = target(limited, "ml");
        Deployment old = new Deployment("m", "1", "1");
        Deployment fresh = new Deployment("m", "2", "2");
        cluster.delete(new ResourceName("v1", "ConfigMap", "ml", "f-mldelivery"));
        try {
            target.current(old);
            target.ensure(fresh, Optional.empty());
            target.instance(fresh);
            target.split(fresh, Optional.of(old), Split.weighted(10));
            target.split(fresh, Optional.of(old), Split.weighted(0));
            target.stop(fresh, Duration.ZERO);
            new ConfigMapJournals(limited, "ml", "f", Clock.systemUTC()).ids();
            limited.delete(new ResourceName("v1", "ConfigMap", "ml", "f-old-journal"));
        } finally {
            target(cluster, "ml").stop(fresh, Duration.ZERO);
        }
    }
}
