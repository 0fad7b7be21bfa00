package io.jenkins.plugins.mldelivery.drift;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.jenkins.plugins.mldelivery.request.RetrainingAnswer;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.plugin.testing.FakeStepContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftCheckStepTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private Path workspace;
    private LocalRun run;
    private FakeStepContext context;

    @BeforeEach
    void startBuild() throws Exception {
        FakeDesk.requests.clear();
        FakeDesk.answer = null;
        LocalJenkins.start(folder.resolve("home"));
        run = LocalJob.named("flights").newBuild();
        workspace = Files.createDirectories(folder.resolve("workspace"));
        context = newContext();
        table("reference.csv", 0);
        table("moved.csv", 300);
    }

    private FakeStepContext newContext() {
        return new FakeStepContext()
                .with(Run.class, run)
                .with(FilePath.class, new FilePath(workspace.toFile()))
                .with(EnvVars.class, new EnvVars())
                .with(TaskListener.class, new StreamTaskListener(log, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopJenkins() throws Exception {
        LocalJenkins.stop();
    }

    private void table(String name, int shift) throws IOException {
        StringBuilder text = new StringBuilder("delay,carrier\n");
        for (int i = 0; i < 500; i++) {
            text.append(i + shift).append(',').append("ABC".charAt(i % 3)).append('\n');
        }
        Files.writeString(workspace.resolve(name), text);
    }

    private Object run(Step step) throws Throwable {
        step.start(context).start();
        return context.result();
    }

    private String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldReturnAndRecordDriftWhenItIsIgnored() throws Throwable {
        var step = new DriftCheckStep("reference.csv", "moved.csv");
        step.setOnFail("ignore");

        var outcome = (DriftOutcome) run(step);

        assertThat(outcome.getOutcome()).isEqualTo("FAIL");
        assertThat(outcome.isPassed()).isFalse();
        assertThat(outcome.getDriftedColumns()).containsExactly("delay");
        assertThat(outcome.getColumns()).isEqualTo(2);
        assertThat(log()).contains("[drift] FAIL: 1 of 2 columns drifted").contains("DRIFTED    delay");
        List<EvidenceEvent> events = BuildEvidence.of(run).events();
        assertThat(events).extracting(EvidenceEvent::type).contains("drift.checked");
        var data = events.get(events.size() - 1).data();
        assertThat(data.get("reference").asText()).isEqualTo("reference.csv");
        assertThat(data.at("/columns/0/plot/edges").size()).isEqualTo(21);
        assertThat(workspace.resolve("drift-report.html")).content().contains("<svg");
        assertThat(workspace.resolve("drift-report.json")).content().contains("\"outcome\" : \"FAIL\"");
    }

    @Test
    void shouldFailWithReasonWhenDriftIsNotIgnored() {
        assertThatThrownBy(() -> run(new DriftCheckStep("reference.csv", "moved.csv")))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("FAIL: 1 of 2 columns drifted");
    }

    @Test
    void shouldGiveErrorOutcomeWhenDataIsMissing() throws Throwable {
        var step = new DriftCheckStep("reference.csv", "none.csv");
        step.setOnError("ignore");
        var outcome = (DriftOutcome) run(step);
        assertThat(outcome.getOutcome()).isEqualTo("ERROR");
        assertThat(outcome.getReason()).isEqualTo("none.csv: there is no such file");
        assertThat(log()).contains("ERROR: none.csv").contains("Check the path");
    }

    @Test
    void shouldRefuseWhenPolicyIsWrong() throws IOException {
        Files.writeString(workspace.resolve("drift.yaml"), "tolerate: 1\n");
        var step = new DriftCheckStep("reference.csv", "moved.csv");
        step.setPolicy("drift.yaml");
        assertThatThrownBy(() -> run(step))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("drift.yaml:1:1: unknown key 'tolerate'")
                .hasMessageContaining("Did you mean tolerated?");
    }

    @Test
    void shouldCheckAgainstProfileWhenOneWasWritten() throws Throwable {
        var profile = new DriftProfileStep("reference.csv");
        profile.setOutput("build/reference.profile");
        profile.start(context).start();
        context.result();
        assertThat(log()).contains("profile of reference.csv (2 columns, 500 rows) kept in build/reference.profile");
    }

    @Test
    void shouldGoOnWithMonitoringAndDrawBuildsBefore() throws Throwable {
        Files.writeString(workspace.resolve("drift.yaml"), "monitoring: {runLength: 100}\n");
        for (int build = 1; build <= 2; build++) {
            var step = new DriftCheckStep("reference.csv", "reference.csv");
            step.setPolicy("drift.yaml");
            step.setMarkdown("drift.md");
            step.setMetrics("drift.prom");
            assertThat(((DriftOutcome) run(step)).isPassed()).isTrue();
            List<EvidenceEvent> events = BuildEvidence.of(run).events();
            assertThat(events.get(events.size() - 1)
                            .data()
                            .at("/monitoring/checks")
                            .asInt())
                    .isEqualTo(build);
            run = run.getParent().newBuild();
            context = newContext();
        }
        assertThat(workspace.resolve("drift-report.html"))
                .content()
                .contains("Last 2 checks")
                .contains("#1: PASS");
        assertThat(workspace.resolve("drift.md")).content().startsWith("### Drift check: PASS");
        assertThat(workspace.resolve("drift.prom")).content().contains("outcome=\"pass\"} 1");
    }

    @Test
    void shouldNameMissingServerWhenReferenceIsAVersion() {
        var step = new DriftCheckStep("models:/flights@champion", "moved.csv");
        assertThatThrownBy(() -> run(step)).hasMessageContaining("MLFLOW_TRACKING_URI is not set");
    }

    @Test
    void shouldAskForRetrainingWhenColumnsDrifted() throws Throwable {
        FakeDesk.answer = RetrainingAnswer.started("1 of 4 automatic retrainings within 24 hours.");
        var first = retraining("reference.csv", "reference.csv");
        assertThat(((DriftOutcome) run(first)).isPassed()).isTrue();
        assertThat(FakeDesk.requests).isEmpty();
        for (int build = 0; build < 2; build++) {
            run = run.getParent().newBuild();
            context = newContext();
            Files.copy(workspace.resolve("moved.csv"), workspace.resolve("now.csv"), REPLACE_EXISTING);
            var outcome = (DriftOutcome) run(retraining("reference.csv", build == 0 ? "reference.csv" : "now.csv"));
            assertThat(outcome.isRetrainingStarted()).isEqualTo(build == 1);
        }
        assertThat(run.getResult()).isEqualTo(Result.UNSTABLE);
        assertThat(FakeDesk.requests).singleElement().satisfies(request -> {
            assertThat(request.trigger()).isEqualTo("flights-drift");
            assertThat(request.reason()).startsWith("1 of 2 columns drifted");
            assertThat(request.healthySince()).isEmpty();
        });
        assertThat(log()).contains("[drift] retraining starts: 1 of 4 automatic retrainings within 24 hours.");
        assertThat(BuildEvidence.of(run).events())
                .filteredOn(event -> event.type().equals("retraining.requested"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.data().get("started").asBoolean()).isTrue());
    }

    @Test
    void shouldTellSinceWhenTheSameCheckPassed() throws Throwable {
        Files.copy(workspace.resolve("reference.csv"), workspace.resolve("now.csv"));
        run(retraining("reference.csv", "now.csv"));
        run = run.getParent().newBuild();
        context = newContext();
        Files.copy(workspace.resolve("moved.csv"), workspace.resolve("now.csv"), REPLACE_EXISTING);
        FakeDesk.answer = RetrainingAnswer.refused("A retraining is running.");

        var outcome = (DriftOutcome) run(retraining("reference.csv", "now.csv"));

        assertThat(outcome.isRetrainingStarted()).isFalse();
        assertThat(FakeDesk.requests.get(0).healthySince()).isPresent();
        assertThat(log()).contains("[drift] retraining does not start: A retraining is running.");
    }

    @Test
    void shouldNotRetrainWhenOnlyTheSchemaChanged() throws Throwable {
        StringBuilder text = new StringBuilder("carrier\n");
        for (int i = 0; i < 500; i++) {
            text.append("ABC".charAt(i % 3)).append('\n');
        }
        Files.writeString(workspace.resolve("narrow.csv"), text);

        var outcome = (DriftOutcome) run(retraining("reference.csv", "narrow.csv"));

        assertThat(outcome.getOutcome()).isEqualTo("FAIL");
        assertThat(FakeDesk.requests).isEmpty();
        assertThat(log())
                .contains("retraining does not start: No column drifted")
                .contains("correct the data first");
    }

    @Test
    void shouldRefuseRetrainingThatNobodyCanStart() {
        var unknown = retraining("reference.csv", "moved.csv");
        FakeDesk.answer = null;
        assertThatThrownBy(() -> run(unknown))
                .hasMessageContaining("there is no trigger 'flights-drift' for drift checks")
                .hasMessageContaining("plugin ml-retraining");
        var nameless = new DriftCheckStep("reference.csv", "moved.csv");
        nameless.setOnDrift("retrain");
        assertThatThrownBy(() -> nameless.start(context)).hasMessageContaining("without retrain");
        nameless.setOnFail("fail");
        assertThatThrownBy(() -> nameless.start(context)).hasMessageContaining("onFail and onDrift are both given");
        var wrong = new DriftCheckStep("reference.csv", "moved.csv");
        wrong.setOnDrift("train");
        assertThatThrownBy(() -> wrong.start(context)).hasMessageContaining("onDrift: 'train' is not known");
    }

    private static DriftCheckStep retraining(String reference, String current) {
        var step = new DriftCheckStep(reference, current);
        step.setOnDrift("retrain");
        step.setRetrain("flights-drift");
        return step;
    }

    @Test
    void shouldRefuseUnknownReaction() {
        var step = new DriftCheckStep("reference.csv", "moved.csv");
        step.setOnFail("explode");
        assertThatThrownBy(() -> step.start(context)).hasMessageContaining("onFail: 'explode' is not known");
    }

    @Test
    void shouldSurviveSerializationWhenSavedWithTheProgram() throws Exception {
        var outcome = new DriftOutcome(io.mldelivery.model.Outcome.FAIL, "because", 3, List.of("a"), true);
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(outcome);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((DriftOutcome) in.readObject()).getDriftedColumns()).containsExactly("a");
        }
    }
}
