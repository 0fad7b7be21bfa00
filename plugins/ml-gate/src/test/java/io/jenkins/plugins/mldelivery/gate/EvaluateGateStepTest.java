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
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
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
        assertThat(evaluate(step("metrics.json", "models:/flights@champion")).isPassed()).isTrue();
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
        assertThat(workspace.resolve("build/gate.xml")).content().contains("tests=\"2\"").contains("skipped=\"1\"");
    }

    @Test
    void shouldCallWhatCannotBeMeasuredAnError() throws Exception {
        EvaluateGateStep step = step("none.json", "");
        step.setOnError("ignore");
        GateOutcome outcome = evaluate(step);
        assertThat(outcome.getOutcome()).isEqualTo("ERROR");
        assertThat(outcome.getReason()).startsWith("none.json: there is no such file");
    }

    @Test
    void shouldRefuseWrongArgumentsAndPolicies() throws Exception {
        write("metrics.json", "{\"roc_auc\": 0.7}");
        assertThatThrownBy(() -> evaluate(new EvaluateGateStep("none.yaml", "metrics.json")))
                .isInstanceOf(AbortException.class).hasMessageContaining("none.yaml: there is no such file");
        assertThatThrownBy(() -> evaluate(new EvaluateGateStep("gate.yaml", null)))
                .hasMessageContaining("candidate is missing");
        write("gate.yaml", "rules: [{metric: roc_auc, mim: 0.6}]");
        assertThatThrownBy(() -> evaluate(step("metrics.json", "")))
                .hasMessageContaining("gate.yaml:1:27").hasMessageContaining("unknown key 'mim'");
    }
}
