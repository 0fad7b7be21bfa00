package io.jenkins.plugins.mldelivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.plugin.testing.FakeStepContext;
import io.mldelivery.rollout.plan.RolloutPlan;
import io.mldelivery.rollout.plan.RolloutStep;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryDeployStepTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private LocalRun run;
    private FakeStepContext context;

    @BeforeEach
    void startBuild() throws Exception {
        LocalJenkins.start(folder.resolve("home"));
        run = LocalJob.named("flights").newBuild();
        File workspace = Files.createDirectories(folder.resolve("workspace")).toFile();
        context = new FakeStepContext()
                .with(Run.class, run)
                .with(FilePath.class, new FilePath(workspace))
                .with(
                        EnvVars.class,
                        new EnvVars(
                                Map.of("MLDELIVERY_HOME", folder.resolve("ml").toString())))
                .with(TaskListener.class, new StreamTaskListener(log, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopJenkins() throws Exception {
        RecordingMail.install(false);
        LocalJenkins.stop();
    }

    @Test
    void shouldRefuseWhatIsNoRegisteredVersion() {
        assertThatThrownBy(() -> new CanaryDeployStep("flights:3").start(context))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("model is 'flights:3', which names no registered version")
                .hasMessageContaining("models:/name/3");
    }

    @Test
    void shouldRefuseUnknownTargetAndDrill() {
        var target = new CanaryDeployStep("models:/flights/3");
        target.setTarget("moon");
        var drill = new CanaryDeployStep("models:/flights/3");
        drill.setDrill("fire");

        assertThatThrownBy(() -> target.start(context)).hasMessageContaining("target 'moon' is not known");
        assertThatThrownBy(() -> drill.start(context)).hasMessageContaining("drill 'fire' is not known");
    }

    @Test
    void shouldSayWhatIsWrongWithATargetsFile() throws Exception {
        Files.writeString(
                folder.resolve("workspace/target.yaml"), "kind: kubernetes\nname: flights\ntemplate: none.yaml\n");
        context.with(EnvVars.class, new EnvVars(Map.of("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")));
        var step = new RollbackModelStep("flights");
        step.setTarget("target.yaml");
        step.start(context).start();

        assertThatThrownBy(context::result).hasMessageContaining("cannot read the template none.yaml");
    }

    @Test
    void shouldRefuseDecisionsAboutNothing() throws Exception {
        var step = new DecideRolloutStep("promote");
        assertThatThrownBy(() -> step.start(context)).hasMessageContaining("it is not said which target is meant");
        assertThatThrownBy(() -> new DecideRolloutStep("maybe").start(context))
                .hasMessageContaining("decision 'maybe' is not known");
        step.setModel("flights");
        step.start(context).start();

        assertThatThrownBy(context::result).hasMessageContaining("local/flights has no rollout under way");
    }

    @Test
    void shouldRefuseToRollBackAnUri() {
        assertThatThrownBy(() -> new RollbackModelStep("models:/flights/3").start(context))
                .hasMessageContaining("is not the name of a registered model");
    }

    @Test
    void shouldKeepItsArguments() {
        var step = new CanaryDeployStep("models:/flights/3");
        step.setPlan(" ");
        step.setTarget("local:staging");
        step.setDrill("errors=0.1");
        step.setReplay("july.jsonl");

        assertThat(step.getPlan()).isEqualTo("");
        assertThat(step.getTarget()).isEqualTo("local:staging");
        assertThat(step.getDrill()).isEqualTo("errors=0.1");
        assertThat(step.getReplay()).isEqualTo("july.jsonl");
        assertThat(step.getOnFail()).isEmpty();
    }

    @Test
    void shouldTakeThePlanItself() throws Exception {
        Path workspace = folder.resolve("workspace");
        var step = new CanaryDeployStep("models:/flights/3");
        step.setPlan(Map.of(
                "steps",
                List.of(Map.of("weight", 20, "pause", "1m"), Map.of("weight", 100)),
                "analysis",
                Map.of("successRate", Map.of("min", 0.99))));
        RolloutPlan plan = plan(step.getPlan(), "", List.of(), List.of(), workspace);

        assertThat(plan.steps()).extracting(RolloutStep::weight).containsExactly(20, 100);
        assertThat(plan.steps().get(0).pause()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void shouldTakeWeightsInPlaceOfThePlansSteps() throws Exception {
        Path workspace = folder.resolve("workspace");
        Files.writeString(
                workspace.resolve("rollout.yaml"), "ramp: {from: 1}\nanalysis: {successRate: {min: 0.9}}\nbake: 7s\n");
        RolloutPlan plan = plan("", "canary", List.of("10", "100"), List.of("5m"), workspace);

        assertThat(plan.steps()).extracting(RolloutStep::weight).containsExactly(10, 100);
        assertThat(plan.steps().get(1).pause()).isEqualTo(Duration.ofMinutes(5));
        assertThat(plan.bake()).isEqualTo(Duration.ofSeconds(7));
        assertThatThrownBy(() -> plan("", "", List.of("10", "100"), List.of("1m", "2m", "3m"), workspace))
                .hasMessageContaining("2 weights have 3 pauses");
        assertThatThrownBy(() -> plan("", "", List.of("50", "10"), List.of(), workspace))
                .hasMessageContaining("weights must rise");
        assertThatThrownBy(() -> PlanArgument.numbers(List.of("ten"))).hasMessageContaining("weight 'ten'");
    }

    @Test
    void shouldUseTheDefaultPlanOnlyWhereThereIsNoFile() throws Exception {
        Path workspace = folder.resolve("workspace");
        var none = new PlanArgument("", "", List.of(), List.of());
        assertThat(none.source(workspace)).isEqualTo("the default plan");
        assertThat(RolloutPlan.parse("default", none.text(workspace)).steps()).hasSize(4);
        var missing = new PlanArgument("plans/none.yaml", "", List.of(), List.of());

        assertThatThrownBy(() -> missing.text(workspace)).hasMessageContaining("cannot read plans/none.yaml");
    }

    private static RolloutPlan plan(
            Object plan, String strategy, List<String> weights, List<String> pauses, Path workspace) throws Exception {
        var argument = new PlanArgument(plan.toString(), strategy, PlanArgument.numbers(weights), pauses);
        return RolloutPlan.parse(argument.source(workspace), argument.text(workspace));
    }

    @Test
    void shouldGiveMembersOfAGroupWhatTheStepSays() throws Exception {
        var step = new CanaryDeployStep();
        step.setPlan("shared.yaml");
        step.setGroup(List.of(
                Map.of("model", "models:/a/1"),
                Map.of("model", "models:/b/2", "target", "local:b", "weights", List.of(10, 100))));
        List<CanaryDeployStep> members = GroupArgument.steps(step, groupOf(step));

        assertThat(members).extracting(CanaryDeployStep::getModel).containsExactly("models:/a/1", "models:/b/2");
        assertThat(members).extracting(CanaryDeployStep::getPlan).containsOnly("shared.yaml");
        assertThat(members.get(1).getTarget()).isEqualTo("local:b");
        assertThat(members.get(1).getWeights()).isEqualTo("10, 100");
    }

    @SuppressWarnings("unchecked")
    private static List<LinkedHashMap<String, Object>> groupOf(CanaryDeployStep step) {
        return (List<LinkedHashMap<String, Object>>) step.getGroup();
    }

    @Test
    void shouldRefuseWhatIsNoGroup() {
        var single = new CanaryDeployStep();
        single.setGroup(List.of(Map.of("model", "models:/a/1")));
        var misspelt = new CanaryDeployStep();
        misspelt.setGroup(List.of(Map.of("model", "models:/a/1"), Map.of("modell", "models:/b/2")));

        assertThatThrownBy(() -> single.start(context)).hasMessageContaining("two members or more, this one has 1");
        assertThatThrownBy(() -> misspelt.start(context)).hasMessageContaining("unknown key 'modell'");
    }

    @Test
    void shouldFailAGroupWithTwoLinesWhenThereIsNoRegistry() throws Exception {
        var step = new CanaryDeployStep();
        step.setGroup(List.of(Map.of("model", "models:/a/1"), Map.of("model", "models:/b/2", "target", "local:b")));
        step.start(context).start();

        assertThatThrownBy(context::result).hasMessageStartingWith("MLFLOW_TRACKING_URI is not set");
    }

    @Test
    void shouldFailWithTwoLinesWhenThereIsNoRegistry() throws Exception {
        new CanaryDeployStep("models:/flights/3").start(context).start();

        assertThatThrownBy(context::result)
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("MLFLOW_TRACKING_URI is not set")
                .hasMessageContaining("Set it to the address");
    }

    @Test
    void shouldWriteEachEventOnce() throws Exception {
        var recorder = RolloutRecorder.of(context);
        var news = news("{\"id\":\"r1\",\"state\":\"observing\"}", List.of("team@example.org"));
        recorder.record(news);

        assertThat(RolloutRecorder.of(context).recorded("r1")).isEqualTo(1);
        assertThat(RolloutRecorder.of(context).recorded("r2")).isZero();
        assertThat(BuildEvidence.of(run).events())
                .filteredOn(event -> event.type().equals("rollout.step"))
                .hasSize(1);
        assertThat(log.toString(StandardCharsets.UTF_8))
                .startsWith("[rollout] measuring at 10 %")
                .contains("no mail to team@example.org: this Jenkins has no step mail");
    }

    @Test
    void shouldTellInEvidenceThatNothingHadToBeDone() throws Exception {
        RolloutRecorder.of(context)
                .record(RolloutNews.servesAlready("flights", "local/flights", "late-flights", "3", ""));

        assertThat(BuildEvidence.of(run).events())
                .filteredOn(event -> event.type().equals("rollout.unneeded"))
                .extracting(event -> event.data().at("/model/version").asText())
                .containsExactly("3");
        assertThat(log.toString(StandardCharsets.UTF_8))
                .startsWith("[rollout] version 3 serves on flights already and is the champion")
                .hasLineCount(1);
    }

    @Test
    void shouldMailThroughThePipelinesOwnStep() throws Exception {
        RecordingMail.install(true);
        RolloutRecorder.of(context).record(news("{\"id\":\"r1\"}", List.of("team@example.org", "unknown@example.org")));

        assertThat(RecordingMail.SENT)
                .containsExactly(Map.of(
                        "to",
                        "team@example.org",
                        "subject",
                        "[rollout] flights: measuring at 10 %",
                        "body",
                        "flights: measuring at 10 %" + System.lineSeparator() + run));
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("the mail to unknown@example.org was not sent: no such mailbox");
    }

    private static RolloutNews news(String data, List<String> mailTo) {
        var news = RolloutNews.servesAlready("flights", "local/flights", "flights", "3", "");
        news.events.clear();
        news.events.add(new RolloutNews.Event("rollout.step", "measuring at 10 %", data, mailTo));
        return news;
    }
}
