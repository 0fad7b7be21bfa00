package io.jenkins.plugins.mldelivery.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.gate.judge.Waiver;
import io.mldelivery.gate.waiver.WaiverFile;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.plugin.testing.FakeStepContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateGateStepTest {
    private static final String POLICY = """
            rules:
            - {metric: roc_auc, min: 0.6}
            - {metric: roc_auc, kind: change, min: -0.01}
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private FakeMlflow mlflow;
    private Path workspace;
    private LocalRun run;
    private FakeStepContext context;

    @BeforeEach
    void startBuild() throws Exception {
        mlflow = new FakeMlflow();
        LocalJenkins.start(folder.resolve("home"));
        run = LocalJob.named("flights").newBuild();
        workspace = Files.createDirectories(folder.resolve("workspace"));
        context = new FakeStepContext()
                .with(Run.class, run)
                .with(FilePath.class, new FilePath(workspace.toFile()))
                .with(EnvVars.class, new EnvVars(Map.of("MLFLOW_TRACKING_URI", mlflow.uri())))
                .with(TaskListener.class, new StreamTaskListener(log, StandardCharsets.UTF_8));
        write("gate.yaml", POLICY);
    }

    @AfterEach
    void stopJenkins() throws Exception {
        LocalJenkins.stop();
        mlflow.close();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(workspace.resolve(name), text);
    }

    private GateOutcome evaluate(EvaluateGateStep step) throws Exception {
        step.start(context).start();
        return (GateOutcome) context.result();
    }

    private static EvaluateGateStep step(String candidate, String champion) {
        var step = new EvaluateGateStep("gate.yaml", candidate);
        step.setChampion(champion);
        return step;
    }

    private JsonNode evidence() {
        List<EvidenceEvent> events = BuildEvidence.of(run).events();
        EvidenceEvent last = events.get(events.size() - 1);
        assertThat(last.type()).isEqualTo("gate.evaluated");
        return last.data();
    }

    @Test
    void shouldJudgeARunAgainstTheChampionsRun() throws Exception {
        mlflow.run("new1", "{\"key\": \"roc_auc\", \"value\": 0.70, \"timestamp\": 1, \"step\": 0}");
        mlflow.run("old1", "{\"key\": \"roc_auc\", \"value\": 0.69, \"timestamp\": 1, \"step\": 0}");
        mlflow.champion("flights", "4", "old1");

        GateOutcome outcome = evaluate(step("runs:/new1", "models:/flights@champion"));

        assertThat(outcome.isPassed()).isTrue();
        assertThat(outcome.getRunId()).isEqualTo("new1");
        assertThat(outcome.getRules().get(1)).containsEntry("candidate", 0.7).containsEntry("champion", 0.69);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("[gate] PASS").contains("[gate] Gate: PASS");
        assertThat(evidence().get("runId").asText()).isEqualTo("new1");
        assertThat(evidence().get("champion").get("version").asText()).isEqualTo("4");
        assertThat(evidence().get("policySha256").asText()).hasSize(64);
    }

    @Test
    void shouldFailTheBuildWithTheReason() throws Exception {
        write("metrics.json", "{\"roc_auc\": 0.5}");
        write("champion.json", "{\"roc_auc\": 0.505}");
        assertThatThrownBy(() -> evaluate(step("metrics.json", "champion.json")))
                .isInstanceOf(AbortException.class)
                .hasMessage("FAIL: roc_auc is 0.5, below the limit of 0.6.");
        assertThat(evidence().get("outcome").asText()).isEqualTo("FAIL");
        assertThat(evidence().get("runId").isNull()).isTrue();
    }

    @Test
    void shouldReturnWhatTheStepIsToldToIgnore() throws Exception {
        write("metrics.json", "{\"roc_auc\": 0.5}");
        EvaluateGateStep step = step("metrics.json", "metrics.json");
        step.setOnFail("ignore");
        assertThat(evaluate(step).getOutcome()).isEqualTo("FAIL");
    }

    @Test
    void shouldNeedPermissionForAFirstVersion() throws Exception {
        write("metrics.json", "{\"roc_auc\": 0.7}");
        EvaluateGateStep step = step("metrics.json", "models:/flights@champion");
        step.setOnInconclusive("unstable");
        GateOutcome refused = evaluate(step);
        assertThat(refused.getOutcome()).isEqualTo("INCONCLUSIVE");
        assertThat(refused.getReason()).contains("models:/flights@champion does not exist");
        assertThat(run.getResult()).isEqualTo(Result.UNSTABLE);
        write("gate.yaml", POLICY + "firstVersion: allow\n");
        assertThat(evaluate(step("metrics.json", "models:/flights@champion")).isPassed())
                .isTrue();
        assertThat(evidence().get("champion").isNull()).isTrue();
    }

    @Test
    void shouldMakeTheBuildUnstableByRulesOfThatSeverity() throws Exception {
        write("metrics.json", "{\"roc_auc\": 0.7}");
        write("gate.yaml", "rules: [{metric: roc_auc, min: 0.6}, {metric: roc_auc, min: 0.8, severity: unstable}]");
        EvaluateGateStep step = step("metrics.json", "");
        step.setJunit("build/gate.xml");
        assertThat(evaluate(step).isPassed()).isTrue();
        assertThat(run.getResult()).isEqualTo(Result.UNSTABLE);
        assertThat(workspace.resolve("build/gate.xml"))
                .content()
                .contains("tests=\"2\"")
                .contains("skipped=\"1\"");
    }

    @Test
    void shouldCallWhatCannotBeMeasuredAnError() throws Exception {
        EvaluateGateStep step = step("none.json", "");
        step.setOnError("ignore");
        GateOutcome outcome = evaluate(step);
        assertThat(outcome.getOutcome()).isEqualTo("ERROR");
        assertThat(outcome.getReason()).startsWith("none.json: there is no such file");
    }

    private void writePredictions(String name, long seed) throws IOException {
        var random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder("id,y,score\n");
        for (int i = 0; i < 300; i++) {
            text.append(i)
                    .append(',')
                    .append(i % 2)
                    .append(',')
                    .append(0.3 * (i % 2) + 0.7 * random.nextDouble())
                    .append('\n');
        }
        write(name, text.toString());
    }

    @Test
    void shouldCountTheDecisionsByAnEvaluationSet() throws Exception {
        write("metrics.json", "{}");
        write("gate.yaml", "rules: [{metric: roc_auc, min: 0.5, decide: interval}]\nholdout: {uses: 2}");
        EvaluateGateStep step = step("metrics.json", "");
        step.setPredictions("p.csv");
        step.setOnInconclusive("ignore");
        for (int build = 1; build <= 3; build++) {
            writePredictions("p.csv", build);
            assertThat(evaluate(step).getOutcome()).isEqualTo(build < 3 ? "PASS" : "INCONCLUSIVE");
            assertThat(evidence().at("/holdout/use").asInt()).isEqualTo(build);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("[gate] WARNING: Decision 3 of 2");
        assertThat(run.getParent().getRootDir().toPath().resolve("gate-holdouts.json"))
                .content()
                .contains("flights #1");
    }

    @Test
    void shouldCompareWithTheReferenceBuildAndWithEarlierBuilds() throws Exception {
        write(
                "gate.yaml",
                "rules: [{metric: roc_auc, kind: change, min: -0.01},"
                        + " {metric: roc_auc, kind: change, min: -0.01, against: {builds: 2}}]\nfirstVersion: allow");
        write("metrics.json", "{\"roc_auc\": 0.7}");
        GateOutcome first = evaluate(step("metrics.json", "build:reference"));
        assertThat(first.isPassed()).isTrue();
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("first version");
        run.finished(Result.SUCCESS);

        context.with(Run.class, LocalJob.named("flights").newBuild());
        write("metrics.json", "{\"roc_auc\": 0.6}");
        EvaluateGateStep step = step("metrics.json", "build:reference");
        step.setOnFail("ignore");
        GateOutcome second = evaluate(step);
        assertThat(second.getOutcome()).isEqualTo("FAIL");
        assertThat(second.getRules()).allSatisfy(rule -> assertThat(rule).containsEntry("champion", 0.7));
        assertThat(second.getUrl()).contains("/model-delivery/");
    }

    @Test
    void shouldTakeThePullRequestsTargetAsReference() throws Exception {
        write("metrics.json", "{\"roc_auc\": 0.7}");
        write("gate.yaml", "rules: [{metric: roc_auc, kind: change, min: -0.01}]\nfirstVersion: allow");
        LocalRun target = LocalJob.named("release%2F1").newBuild();
        context.with(Run.class, target);
        evaluate(step("metrics.json", ""));
        target.finished(Result.SUCCESS);

        context.with(Run.class, run).with(EnvVars.class, new EnvVars(Map.of("CHANGE_TARGET", "release/1")));
        write("metrics.json", "{\"roc_auc\": 0.6}");
        EvaluateGateStep step = step("metrics.json", "build:reference");
        step.setOnFail("ignore");
        assertThat(evaluate(step).getRules().get(0))
                .containsEntry("champion", 0.7)
                .containsEntry("outcome", "FAIL");
    }

    /** A branch's newest build whose gate passed counts: not one that failed, and not one that still runs. */
    @Test
    void shouldTakeTheNewestPassingBuildOfThePullRequestsTarget() throws Exception {
        write("gate.yaml", "rules: [{metric: roc_auc, min: 0.6}]");
        build("main", "0.70").finished(Result.SUCCESS);
        build("main", "0.75").finished(Result.SUCCESS);
        build("main", "0.50").finished(Result.FAILURE);
        build("main", "0.90"); // still runs
        build("PR-7", "0.65").finished(Result.SUCCESS);

        write("gate.yaml", "rules: [{metric: roc_auc, kind: change, min: -0.01}]");
        assertThat(inPullRequest("main")).containsEntry("champion", 0.75);
        assertThat(evidence().at("/champion").isNull()).isTrue();
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("The reference build is main #2.");
        assertThat(inPullRequest("none-such")).containsEntry("champion", 0.65);
    }

    private LocalRun build(String job, String area) throws Exception {
        write("metrics.json", "{\"roc_auc\": " + area + "}");
        LocalRun build = LocalJob.named(job).newBuild();
        context.with(Run.class, build).with(EnvVars.class, new EnvVars());
        EvaluateGateStep step = step("metrics.json", "");
        step.setOnFail("ignore");
        evaluate(step);
        return build;
    }

    private Map<String, Object> inPullRequest(String target) throws Exception {
        write("metrics.json", "{\"roc_auc\": 0.6}");
        run = LocalJob.named("PR-7").newBuild();
        context.with(Run.class, run).with(EnvVars.class, new EnvVars(Map.of("CHANGE_TARGET", target)));
        EvaluateGateStep step = step("metrics.json", "build:reference");
        step.setOnFail("ignore");
        return evaluate(step).getRules().get(0);
    }

    /** The candidate of the workspace and the champion of the reference build, each by Python. */
    @Test
    void shouldRunModelsByPythonInTheEnvironmentOfTheirTraining() throws Exception {
        Files.copy(
                Path.of("../ml-training/src/test/resources/io/jenkins/plugins/mldelivery/training/small.lock"),
                workspace.resolve("requirements.lock"));
        Files.createDirectories(workspace.resolve("model"));
        write("model/predict.py", "import six\ndef predict(rows): return [0.1 + 0.8 * r['x'] for r in rows]");
        write("cases.csv", "x,after.x,expect\n0.2,0.4,increase\n0.7,0.6,decrease\n");
        StringBuilder rows = new StringBuilder("id,y,x\n");
        for (int i = 0; i < 100; i++) {
            rows.append(i).append(',').append(i % 2).append(',').append(i % 2).append('\n');
        }
        write("rows.csv", rows.toString());
        write("metrics.json", "{}");
        write("gate.yaml", "minRows: 2\nrules: [{metric: roc_auc, min: 0.99}, {kind: behaviour, cases: cases.csv}]");
        EvaluateGateStep step = step("metrics.json", "");
        step.setRows("rows.csv");
        step.setModel("model");
        step.setRunner("python");
        step.setEnvironment("requirements.lock");
        GateOutcome outcome = evaluateWithPython(step);
        assertThat(outcome.isPassed()).as(outcome.getReason()).isTrue();
        assertThat(outcome.getRules().get(0)).containsEntry("candidate", 1.0);

        step.setEnvironment("");
        step.setOnError("ignore");
        assertThatThrownBy(() -> evaluate(step)).hasMessageContaining("model comes from no run");
        step.setRunner("phyton");
        assertThatThrownBy(() -> evaluate(step)).hasMessageContaining("the runner 'phyton' is unknown");
    }

    private GateOutcome evaluateWithPython(EvaluateGateStep step) throws Exception {
        try {
            return evaluate(step);
        } catch (AbortException e) {
            boolean noNetwork = e.getMessage().contains("pip") && !"true".equals(System.getenv("CI"));
            Assumptions.assumeFalse(noNetwork, "no Python environment here: " + e.getMessage());
            throw e;
        }
    }

    @Test
    void shouldHonourWaiversForThisVersionOnly() throws Exception {
        write("metrics.json", "{\"roc_auc\": 0.5}");
        write("gate.yaml", "rules: [{metric: roc_auc, min: 0.6}]");
        EvaluateGateStep step = step("metrics.json", "");
        step.setOnFail("ignore");
        assertThat(evaluate(step).getOutcome()).isEqualTo("FAIL");
        String version = evidence().at("/versions/0").asText();
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("would name it sha256:");
        var file = new WaiverFile(GateWaiversFactory.file(run.getParent()));
        file.add(new Waiver(
                "roc_auc threshold",
                version,
                "known",
                "alice",
                Instant.now(),
                Instant.now().plusSeconds(600)));
        GateOutcome waived = evaluate(step);
        assertThat(waived.isPassed()).isTrue();
        assertThat(waived.getRules().get(0)).containsEntry("waivedBy", "alice").containsEntry("outcome", "FAIL");
        assertThat(evidence().at("/rules/0/waiver/reason").asText()).isEqualTo("known");
        write("metrics.json", "{\"roc_auc\": 0.51}");
        assertThat(evaluate(step).getOutcome()).isEqualTo("FAIL");
    }

    @Test
    void shouldReadMetricsFromSeveralSources() throws Exception {
        write("metrics.json", "{\"roc_auc\": 0.7}");
        write(
                "junit.xml",
                "<testsuite><testcase name='a' time='0.5'/><testcase name='b'><failure/></testcase></testsuite>");
        write("benchmark.json", "{\"benchmarks\": [{\"name\": \"predict\", \"stats\": {\"mean\": 0.002}}]}");
        write(
                "gate.yaml",
                "rules: [{metric: roc_auc, min: 0.6}, {metric: tests_failed, max: 1},"
                        + " {metric: benchmark.predict.mean, kind: latency, max: 0.01}]");
        EvaluateGateStep step = step("metrics.json", "");
        step.setMetrics(List.of("junit.xml", "benchmark.json"));
        assertThat(evaluate(step).isPassed()).isTrue();
    }

    @Test
    void shouldSayThatRowsNeedTheModelServer() throws Exception {
        write("metrics.json", "{\"roc_auc\": 0.7}");
        write("rows.csv", "id,y,x\n1,1,2\n");
        EvaluateGateStep step = step("metrics.json", "");
        step.setRows("rows.csv");
        assertThatThrownBy(() -> evaluate(step)).hasMessageContaining("MLDELIVERY_SERVING is not set");
    }

    @Test
    void shouldRefuseWrongArgumentsAndPolicies() throws Exception {
        write("metrics.json", "{\"roc_auc\": 0.7}");
        assertThatThrownBy(() -> evaluate(new EvaluateGateStep("none.yaml", "metrics.json")))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("none.yaml: there is no such file");
        assertThatThrownBy(() -> evaluate(new EvaluateGateStep("gate.yaml", null)))
                .hasMessageContaining("candidate is missing");
        write("gate.yaml", "rules: [{metric: roc_auc, mim: 0.6}]");
        assertThatThrownBy(() -> evaluate(step("metrics.json", "")))
                .hasMessageContaining("gate.yaml:1:27")
                .hasMessageContaining("unknown key 'mim'");
    }
}
