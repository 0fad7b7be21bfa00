package io.mldelivery.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildReportTest {
    @TempDir
    private Path folder;

    private BuildReport sample(String name) throws IOException {
        return BuildReport.of(SampleEvidence.write(name, folder.resolve("evidence.jsonl")));
    }

    private EvidenceLog log() {
        return EvidenceLog.at(folder.resolve("own.jsonl"));
    }

    @Test
    void shouldSayOneSentenceAStep() throws IOException {
        assertThat(sample("promoted").steps())
                .containsExactly(
                        new StepSummary(
                                "trainModel",
                                "PASS",
                                "Trained train.py in 7.93 s with seed 7: roc_auc 0.7312,"
                                        + " log_loss 0.5021, brier 0.1634, rows 78411.",
                                "training"),
                        new StepSummary(
                                "evaluateGate",
                                "PASS",
                                "All 4 rules pass; the closest is roc_auc 0.7312 against 0.68.",
                                "gate"),
                        new StepSummary(
                                "registerModel",
                                "PASS",
                                "late-flights version 3 registered, alias challenger.",
                                "registration"),
                        new StepSummary(
                                "canaryDeploy",
                                "PASS",
                                "Version 3 answers all traffic: success rate 0.9995"
                                        + " (limit 0.95) and p99 23 ms (limit 250 ms) over 318 requests.",
                                "rollout"),
                        new StepSummary(
                                "driftCheck",
                                "FAIL",
                                "5 of 8 columns drifted, most of all temp: wasserstein 3.452 against 0.1.",
                                "drift"));
    }

    @Test
    void shouldGatherTheBuildFromItsFirstAndLastEvent() throws IOException {
        JsonNode build = sample("promoted").json().get("build");

        assertThat(build.get("job").asText()).isEqualTo("late-flights");
        assertThat(build.get("startedAt").asText()).isEqualTo("2026-11-21T11:00:00Z");
        assertThat(build.get("finishedAt").asText()).isEqualTo("2026-11-21T11:00:29.500Z");
        assertThat(build.get("result").asText()).isEqualTo("SUCCESS");
        assertThat(sample("promoted").title()).isEqualTo("late-flights #12");
    }

    @Test
    void shouldPutARolloutTogether() throws IOException {
        JsonNode rollout = sample("rolled-back").json().get("rollouts").get(0);

        assertThat(rollout.get("model").get("version").asText()).isEqualTo("3");
        assertThat(rollout.get("steps"))
                .extracting(step -> step.get("weight").asInt())
                .containsExactly(10, 0, 0);
        assertThat(rollout.get("steps"))
                .extracting(step -> step.get("seconds").asDouble())
                .containsExactly(2.7, 3.9, 4.3);
        assertThat(rollout.get("rollbackSeconds").asDouble()).isEqualTo(0.41);
        assertThat(rollout.get("weights").get("2").asInt()).isEqualTo(100);
        assertThat(rollout.get("verdict").asText()).isEqualTo("FAIL");
    }

    @Test
    void shouldCallARolloutRunningWhileTheBuildRuns() {
        log().append("rollout.started", Map.of("id", "a"));
        log().append("rollout.step", Map.of("id", "a", "state", "STEP 1", "weight", 10));

        BuildReport report = BuildReport.of(log());

        assertThat(report.complete()).isFalse();
        assertThat(report.steps())
                .containsExactly(new StepSummary("canaryDeploy", "RUNNING", "Now: STEP 1 at 10 %.", "rollout"));
    }

    @Test
    void shouldCallARolloutThatNeverEndedAnError() {
        log().append("rollout.started", Map.of("id", "a"));
        log().append("build.finished", Map.of("result", "ABORTED"));

        assertThat(BuildReport.of(log()).steps())
                .containsExactly(new StepSummary(
                        "canaryDeploy",
                        "ERROR",
                        "The rollout did not end; the last known state is: started.",
                        "rollout"));
    }

    @Test
    void shouldKeepRolloutsApart() {
        for (String id : List.of("a", "b")) {
            log().append("rollout.started", Map.of("id", id));
            log().append("rollout.finished", Map.of("id", id, "outcome", "PASS", "reason", id));
        }

        assertThat(BuildReport.of(log()).steps())
                .extracting(StepSummary::section, StepSummary::sentence)
                .containsExactly(tuple("rollout", "a"), tuple("rollout-2", "b"));
    }

    @Test
    void shouldTellOfARolloutThatWasNotNeeded() {
        Map<String, Object> data = Map.of(
                "model", Map.of("name", "flights", "version", "3"), "outcome", "PASS", "reason", "it serves already");
        log().append("rollout.unneeded", data);
        log().append("rollout.unneeded", data);

        BuildReport report = BuildReport.of(log());

        assertThat(report.steps())
                .containsExactly(
                        new StepSummary("canaryDeploy", "PASS", "it serves already", "rollout"),
                        new StepSummary("canaryDeploy", "PASS", "it serves already", "rollout-2"));
        assertThat(report.json().at("/rollouts/1/previous/version").asText()).isEqualTo("3");
    }

    @Test
    void shouldTellWithTheDriftWhetherItIsTrainedAgain() {
        log().append("drift.checked", Map.of("outcome", "FAIL", "reason", "x drifted"));
        log().append("retraining.requested", Map.of("started", false, "reason", "one runs already"));

        assertThat(BuildReport.of(log())
                        .json()
                        .at("/drifts/0/retraining/reason")
                        .asText())
                .isEqualTo("one runs already");
    }

    @Test
    void shouldNeverTakeAnUnknownOrMissingOutcomeForAPass() {
        log().append("gate.evaluated", Map.of("outcome", "pass", "reason", "lower case"));
        log().append("gate.evaluated", Map.of());

        assertThat(BuildReport.of(log()).steps())
                .extracting(StepSummary::outcome, StepSummary::sentence)
                .containsExactly(tuple("ERROR", "lower case"), tuple("ERROR", "The evidence holds no reason."));
    }

    @Test
    void shouldLeaveOutEventsOfLaterVersions() {
        log().append("carbon.measured", Map.of("grams", 3));

        BuildReport report = BuildReport.of(log());

        assertThat(report.steps()).isEmpty();
        assertThat(report.json().get("evidence").get("events").asInt()).isEqualTo(1);
    }

    @Test
    void shouldShowWhateverTheEvidenceHolds() throws IOException {
        assertThat(sample("hostile").steps())
                .hasSize(6)
                .noneMatch(step -> step.outcome().equals("PASS") && !step.step().equals("registerModel"));
    }

    @Test
    void shouldCarryTheNoticeOfAnIncompleteRecord() {
        log().append("build.started", Map.of("job", "a"));

        JsonNode evidence = BuildReport.of(log()).json().get("evidence");

        assertThat(evidence.get("complete").asBoolean()).isFalse();
        assertThat(evidence.get("notice").asText()).contains("does not end with build.finished");
    }

    @Test
    void shouldRefuseEvidenceThatWasChanged() throws IOException {
        sample("weak");
        Path file = folder.resolve("evidence.jsonl");
        Files.writeString(file, Files.readString(file).replace("roc_auc 0.5511 is below", "roc_auc 0.5511 is above"));

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> BuildReport.of(EvidenceLog.at(file)))
                .withMessageContaining("evidence.jsonl:4: this line does not follow");
    }
}
