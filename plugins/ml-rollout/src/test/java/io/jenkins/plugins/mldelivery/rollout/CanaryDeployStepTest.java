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
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

        assertThat(step.getPlan()).isEqualTo("rollout.yaml");
        assertThat(step.getTarget()).isEqualTo("local:staging");
        assertThat(step.getDrill()).isEqualTo("errors=0.1");
        assertThat(step.getReplay()).isEqualTo("july.jsonl");
        assertThat(step.getOnFail()).isEmpty();
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
        var news = news("{\"id\":\"r1\",\"state\":\"observing\"}");
        recorder.record(news);

        assertThat(RolloutRecorder.of(context).recorded("r1")).isEqualTo(1);
        assertThat(RolloutRecorder.of(context).recorded("r2")).isZero();
        assertThat(BuildEvidence.of(run).events())
                .filteredOn(event -> event.type().equals("rollout.step"))
                .hasSize(1);
        assertThat(log.toString(StandardCharsets.UTF_8)).startsWith("[rollout] measuring at 10 %");
    }

    private static RolloutNews news(String data) {
        var news = RolloutNews.servesAlready("flights", "3", "");
        news.events.add(new RolloutNews.Event("rollout.step", "measuring at 10 %", data));
        return news;
    }
}
