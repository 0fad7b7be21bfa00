package io.mldelivery.rollout.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.kubernetes.TestCluster;
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
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whole rollouts through the objects of KServe and Seldon Core on a real API server; what their controllers do is done by stand-ins,
 * written after the controllers' sources.
 */
@ExtendWith(SharedCluster.class)
class ServingDelegatesTest {
    private static final String PLAN = """
            steps: [{weight: 50, requests: 50}, {weight: 100, requests: 50}]
            analysis: {successRate: {min: 0.9}, minimumRequests: 50, errors: 20s, interval: 100ms}
            deadline: 2m
            drain: 1s
            """;
    private static final String SERVICE = """
            apiVersion: serving.kserve.io/v1beta1
            kind: InferenceService
            metadata: {name: NAME, annotations: {serving.kserve.io/deploymentMode: MODE}}
            spec:
              predictor:
                minReplicas: 1
                model: {modelFormat: {name: onnx}, storageUri: "s3://models/${model}/${version}"}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: "${name}"}
            data: {version: "${version}"}
            """;
    private static final String MODEL = """
            apiVersion: mlops.seldon.io/v1alpha1
            kind: Model
            metadata: {name: "${name}"}
            spec: {storageUri: "s3://models/${model}/${version}", requirements: [onnx]}
            """;

    private static Cluster cluster;

    private FakePrometheus prometheus;
    private final FakeRegistry registry = new FakeRegistry();
    private DelegatedTarget target;
    private Rollouts rollouts;
    private Runnable controller;
    private Cluster limited;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private ScheduledFuture<?> running;

    @BeforeAll
    static void start() throws Exception {
        cluster = SharedCluster.running().connect();
        SharedCluster.define(cluster, "serving.kserve.io", "v1beta1", "InferenceService", "inferenceservices");
        SharedCluster.define(cluster, "serving.knative.dev", "v1", "Revision", "revisions");
        SharedCluster.define(cluster, "mlops.seldon.io", "v1alpha1", "Experiment", "experiments");
        SharedCluster.define(cluster, "mlops.seldon.io", "v1alpha1", "Model", "models");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private KServeStandIn kserve(String name) throws Exception {
        var standIn = new KServeStandIn(cluster, name);
        Template template = template(name, "Serverless");
        limited = allowed(name, Delegate.KSERVE, template);
        open(name, new KServe(limited, "ml", name, name), template, standIn::share);
        run(standIn::reconcile);
        return standIn;
    }

    /** Like a controller's, its work goes on beside ours, until it fails. */
    private void run(Runnable reconcile) {
        controller = reconcile;
        running = thread.scheduleWithFixedDelay(reconcile, 0, 10, TimeUnit.MILLISECONDS);
    }

    private static Template template(String name, String mode) {
        String text = SERVICE.replace("NAME", name).replace("MODE", mode);
        return new Template("service.yaml", text, name, "ml", "InferenceService");
    }

    private SeldonStandIn seldon(String name) throws Exception {
        var standIn = new SeldonStandIn(cluster, name, name);
        var template = new Template("model.yaml", MODEL, name, "ml", "Model");
        limited = allowed(name, Delegate.SELDON_EXPERIMENT, template);
        var delegation = new SeldonExperiment(limited, "ml", name, name, Duration.ofMillis(100));
        open(name, delegation, template, standIn::share);
        run(standIn::reconcile);
        return standIn;
    }

    /** A connection with the rights of the generated Role, and no others. */
    private static Cluster allowed(String name, Delegate delegate, Template template) throws Exception {
        String all = AccessRules.of(template.text(), "t.yaml", "ml", name, delegate.rules(), "rollout");
        cluster.apply(TestCluster.json(all.split("---\n")[1]), true);
        cluster.apply(
                TestCluster.json(
                        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: delegates}\n"
                                + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: mldelivery-" + name
                                + "}\n"
                                + "subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: limited}]\n"),
                true);
        Cluster connection = SharedCluster.running().connectLimited();
        String kind = delegate == Delegate.KSERVE ? "InferenceService" : "Experiment";
        String version = delegate == Delegate.KSERVE ? KServe.API : SeldonExperiment.API;
        SharedCluster.awaitServed(connection, new ResourceName(version, kind, "ml", ""));
        return connection;
    }

    @AfterEach
    void forbid() throws InterruptedException {
        cluster.delete(new ResourceName("rbac.authorization.k8s.io/v1", "RoleBinding", "ml", "delegates"));
        thread.shutdown();
        assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        if (limited != null) {
            prometheus.close();
            limited.close();
            assertThat(running.isCancelled())
                    .as("the stand-in worked to the end")
                    .isTrue();
        }
    }

    private void open(String name, Delegation delegation, Template template, ToIntFunction<String> share)
            throws IOException {
        prometheus = new FakePrometheus(() -> share.applyAsInt("2"));
        var access = new PrometheusAccess(
                prometheus.address().toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        target = new DelegatedTarget(
                limited,
                "ml",
                name,
                delegation,
                template,
                new PrometheusSource(access, Map.of(), SeriesNames.OURS, Duration.ofSeconds(30), Clock.systemUTC()));
        var journals = new ConfigMapJournals(limited, "ml", name, Clock.systemUTC());
        rollouts = new Rollouts(new Site(target.name(), journals, target), registry, Clock.systemUTC(), Map.of());
    }

    private RolloutReport run(String version) throws InterruptedException {
        return finish(rollouts.start(request(version)).id());
    }

    private static Request request(String version) {
        return new Request(
                "flights", version, Optional.empty(), "test", "rollout.yaml", PLAN, Optional.empty(), Optional.empty());
    }

    private RolloutReport finish(String id) throws InterruptedException {
        RolloutReport report = tick(id);
        for (int i = 0; i < 1_000 && !report.isFinished(); i++) {
            report = tick(id);
        }
        return report;
    }

    private RolloutReport tick(String id) throws InterruptedException {
        Thread.sleep(20);
        prometheus.serve(200);
        return rollouts.tick(id, 0);
    }

    private void abortAt(String version, int percent, ToIntFunction<String> share) throws InterruptedException {
        String id = rollouts.start(request(version)).id();
        for (int i = 0; i < 500 && share.applyAsInt(version) < percent; i++) {
            tick(id);
        }
        assertThat(share.applyAsInt(version)).isEqualTo(percent);
        assertThat(rollouts.abort(id).reason()).isEqualTo("rolled back: aborted by request");
    }

    private static void assertPassed(RolloutReport report) {
        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.PASS);
    }

    private void assertWentBack(RolloutReport report, String reason) {
        assertThat(report.outcome()).as(report.reason()).isEqualTo(Outcome.FAIL);
        assertThat(report.state()).isEqualTo("rolled-back");
        assertThat(report.reason()).contains(reason);
    }

    private static JsonNode find(String apiVersion, String kind, String name) {
        return cluster.find(new ResourceName(apiVersion, kind, "ml", name)).orElseThrow();
    }

    private void assertServes(KServeStandIn standIn, String name, String version) {
        controller.run();
        JsonNode service = find(KServe.API, "InferenceService", name);
        assertThat(standIn.share(version)).isEqualTo(100);
        assertThat(standIn.rolledOut()).isEqualTo(version);
        assertThat(service.at("/spec/predictor/model/storageUri").asText()).isEqualTo("s3://models/flights/" + version);
        assertThat(service.path("spec").path("predictor").has("canaryTrafficPercent"))
                .isFalse();
        assertThat(service.path("metadata").path("annotations").toString()).doesNotContain("mldelivery.io/fresh");
        assertRemembered(version);
        assertThat(cluster.list(new ResourceName("v1", "ConfigMap", "ml", ""), "mldelivery.io/key").stream()
                        .map(map -> map.path("metadata").path("name").asText())
                        .filter(map -> map.startsWith(name)))
                .containsExactly(name + "-" + version);
    }

    private void assertRemembered(String version) {
        var deployment = new Deployment("flights", version, version);
        assertThat(target.current()).contains(deployment);
        assertThat(target.weight(deployment)).isEqualTo(100);
        assertThat(registry.champion("flights")).contains(version);
    }

    @Test
    void shouldRollOutThroughKServe() throws Exception {
        KServeStandIn standIn = kserve("ks");
        assertPassed(run("1"));
        assertServes(standIn, "ks", "1");

        prometheus.fails("2", 0.5);
        assertWentBack(run("2"), "success rate");
        assertServes(standIn, "ks", "1");

        prometheus.fails("2", 0);
        abortAt("2", 100, standIn::share);
        assertServes(standIn, "ks", "1");

        assertPassed(run("2"));
        assertServes(standIn, "ks", "2");
        assertNoticesThatKServeWentBack(standIn, "ks");
    }

    @Test
    void shouldGoBackWhenKServeCannotStartTheVersion() throws Exception {
        KServeStandIn standIn = kserve("kb");
        assertPassed(run("1"));
        standIn.isBroken("2");
        assertWentBack(run("2"), "KServe says: RevisionFailed: no pods");
        assertServes(standIn, "kb", "1");

        standIn.isInvalid("3");
        assertWentBack(run("3"), "KServe says: NoSupportingRuntime: no runtime");
        assertServes(standIn, "kb", "1");
        prometheus.close();
    }

    /** KServe can take the first weight for the wish to return to the version before the last. */
    private void assertNoticesThatKServeWentBack(KServeStandIn standIn, String name) {
        var kserve = new KServe(cluster, "ml", name, name);
        ObjectNode third = (ObjectNode) template(name, "Serverless")
                .manifests(new Deployment("flights", "3", "3"))
                .get(0);
        kserve.bring(third);
        standIn.goBackToPrevious();
        controller.run();

        assertThat(kserve.fresh().detail()).contains("which is neither the old version nor the new one");
        assertThat(kserve.sides().percentOf("3")).contains(0);
    }

    @Test
    void shouldRefuseAServiceThatKServeDoesNotDivide() throws Exception {
        KServeStandIn standIn = kserve("kr");
        var kserve = new KServe(cluster, "ml", "kr", "kr");
        var one = new Deployment("flights", "1", "1");
        ObjectNode raw =
                (ObjectNode) template("kr", "RawDeployment").manifests(one).get(0);
        assertThatThrownBy(() -> kserve.bring(raw))
                .hasMessageContaining("in KServe's mode RawDeployment, which divides no requests");
        ObjectNode other =
                (ObjectNode) template("ks2", "Serverless").manifests(one).get(0);
        assertThatThrownBy(() -> kserve.bring(other)).hasMessageContaining("the router's name is kr");

        var theirs =
                "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: {name: kr}\nspec: {predictor: {}}\n";
        cluster.apply(TestCluster.json(theirs), true);
        assertThatThrownBy(() -> target.ensure(one, Optional.empty()))
                .hasMessageContaining("that was not rolled out from here");
        kserve.remove();
        standIn.mode("Standard");
        assertWentBackToNothing(run("1"));
    }

    private void assertWentBackToNothing(RolloutReport report) {
        assertWentBack(report, "in KServe's mode Standard");
        assertThat(cluster.find(new ResourceName(KServe.API, "InferenceService", "ml", "kr")))
                .isEmpty();
    }

    @Test
    void shouldAskForNoMoreRightsThanAreNeeded() {
        assertThat(rules(template("rights", "Serverless").text(), Delegate.KSERVE))
                .containsExactly(
                        "configmaps [create, delete, get, list, patch, watch]",
                        "pods [list, watch]",
                        "revisions [list, watch]",
                        "inferenceservices [create, delete, get, list, patch, watch]");
        assertThat(rules(MODEL, Delegate.SELDON_EXPERIMENT))
                .containsExactly(
                        "configmaps [create, delete, get, list, patch, watch]",
                        "pods [list, watch]",
                        "experiments [create, delete, get, list, patch, watch]",
                        "models [create, delete, get, list, patch, watch]");
    }

    private static List<String> rules(String text, Delegate delegate) {
        return AccessRules.rules(text, "t.yaml", "ml", "rights", delegate.rules()).stream()
                .map(rule -> rule.resource() + " " + rule.verbs())
                .toList();
    }

    @Test
    void shouldRollOutThroughSeldon() throws Exception {
        SeldonStandIn standIn = seldon("se");
        assertPassed(run("1"));
        assertServes(standIn, "se", "1");

        prometheus.fails("2", 0.5);
        assertWentBack(run("2"), "success rate");
        assertServes(standIn, "se", "1");

        prometheus.fails("2", 0);
        abortAt("2", 100, standIn::share);
        assertServes(standIn, "se", "1");

        cluster.merge(
                new ResourceName(SeldonExperiment.API, "Experiment", "ml", "se"),
                TestCluster.json("spec: {default: se-1, mirror: {name: audit, percent: 1}}"));
        assertPassed(run("2"));
        assertServes(standIn, "se", "2");
        JsonNode spec = find(SeldonExperiment.API, "Experiment", "se").path("spec");
        assertThat(spec.path("default").asText()).isEqualTo("se-2");
        assertThat(spec.path("mirror").path("name").asText()).isEqualTo("audit");
        assertThat(standIn.outages()).isZero();
        prometheus.close();
    }

    private void assertServes(SeldonStandIn standIn, String name, String version) {
        controller.run();
        assertThat(standIn.share(version)).isEqualTo(100);
        assertThat(find(SeldonExperiment.API, "Experiment", name).at("/spec/candidates"))
                .hasSize(1);
        assertRemembered(version);
        assertThat(cluster
                        .list(new ResourceName(SeldonExperiment.API, "Model", "ml", ""), "mldelivery.io/target=" + name)
                        .stream()
                        .map(model -> model.path("metadata").path("name").asText()))
                .containsExactly(name + "-" + version);
    }

    @Test
    void shouldGoBackWhenSeldonCannotLoadTheVersion() throws Exception {
        SeldonStandIn standIn = seldon("sb");
        standIn.isBroken("1");
        assertWentBack(run("1"), "Seldon says: ModelFailed: rclone: no such bucket");
        assertThat(cluster.find(new ResourceName(SeldonExperiment.API, "Experiment", "ml", "sb")))
                .isEmpty();
        assertThat(cluster.list(new ResourceName(SeldonExperiment.API, "Model", "ml", ""), "mldelivery.io/target=sb"))
                .isEmpty();
    }

    @Test
    void shouldLeaveSomebodyElsesExperimentBe() throws Exception {
        seldon("so");
        cluster.apply(
                TestCluster.json("apiVersion: mlops.seldon.io/v1alpha1\nkind: Experiment\nmetadata: {name: so}\n"
                        + "spec: {candidates: [{name: theirs, weight: 100}]}\n"),
                true);
        assertThatThrownBy(() -> target.ensure(new Deployment("flights", "1", "1"), Optional.empty()))
                .hasMessageContaining("that was not rolled out from here");
        assertThat(find(SeldonExperiment.API, "Experiment", "so")
                        .at("/spec/candidates/0/name")
                        .asText())
                .isEqualTo("theirs");
    }
}
