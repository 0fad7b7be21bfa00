package io.jenkins.plugins.mldelivery.training;

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
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.plugin.testing.FakeStepContext;
import io.mldelivery.process.ProcessIdentity;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RunStatus;
import io.mldelivery.registry.Tracking;
import io.mldelivery.registry.server.MlflowServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step with real Python and a real MLflow server, in the stand-in for a controller. */
class TrainModelStepTest {
    @TempDir
    static Path home;

    @TempDir
    Path folder;

    private static MlflowServer server;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private LocalRun run;
    private Path workspace;

    @BeforeAll
    static void startServer() throws InterruptedException {
        try {
            server = MlflowServer.start(
                    home, PythonEnvironments.defaultCache(System.getenv()), Map.of(), System.out::println);
        } catch (DeliveryException e) {
            Assumptions.assumeTrue("true".equals(System.getenv("CI")), "no MLflow server here: " + e.what());
            throw e;
        }
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void startBuild() throws Exception {
        LocalJenkins.start(folder.resolve("home"));
        run = LocalJob.named("flights").newBuild();
        workspace = Files.createDirectories(folder.resolve("workspace"));
        Files.writeString(workspace.resolve("data.csv"), "1,2\n");
        try (InputStream lock = TrainModelStepTest.class.getResourceAsStream("small.lock")) {
            Files.copy(lock, workspace.resolve("requirements.lock"));
        }
    }

    @AfterEach
    void stopJenkins() {
        LocalJenkins.stop();
    }

    @Test
    void shouldTrainRecordAndThenTakeTheRecordedResult() throws Throwable {
        script(
                "import json, os\nprint('depth', os.environ['MLDELIVERY_PARAM_DEPTH'])\njson.dump({'auc': 0.7}, open('metrics.json', 'w'))");

        TrainingResult first = train();
        TrainingResult second = train();

        assertThat(first.isCached()).isFalse();
        assertThat(second.isCached()).isTrue();
        assertThat(second.getUri()).isEqualTo("runs:/" + first.getRunId());
        assertThat(first.getMetrics()).containsEntry("auc", 0.7);
        assertThat(first.getOutputs()).containsExactly("metrics.json");
        assertThat(log()).contains("depth 7").contains("[training] Cached: the same inputs");
        assertThat(events())
                .extracting(event -> event.data().path("cached").asBoolean())
                .containsExactly(false, true);
        assertNothingLeft();
    }

    @Test
    void shouldGoOnWithTheRunningScriptAfterARestart() throws Throwable {
        script("import json, os, time\nopen('count', 'a').write('x')\nprint('begun', flush=True)\ntime.sleep(2)\n"
                + "json.dump({'auc': 0.7}, open('metrics.json', 'w'))\nprint('done')");
        FakeStepContext killed = context();
        StepExecution before = step().start(killed);
        before.start();
        waitForLog("begun");
        killed.kill();
        byte[] program = save(before);

        FakeStepContext after = context();
        StepExecution resumed = load(program);
        resumed.onResume();
        TrainingResult result = (TrainingResult) after.result();

        assertThat(result.isCached()).isFalse();
        assertThat(workspace.resolve("count")).hasContent("x");
        assertThat(events()).hasSize(1);
        assertThat(log()).contains("done");
    }

    @Test
    void shouldFailInTwoLinesWhenTheScriptFails() throws Exception {
        script("raise ValueError('no column delay')");

        assertThatThrownBy(this::train).isInstanceOf(AbortException.class).satisfies(e -> {
            assertThat(e.getMessage())
                    .contains("train.py exited with status 1")
                    .contains("ValueError: no column delay");
            assertThat(e.getMessage().lines()).hasSize(2);
        });
        assertThat(log()).contains("Traceback");
        assertThat(lastStatus()).isEqualTo(RunStatus.FAILED);
        assertNothingLeft();
    }

    @Test
    void shouldEndTheScriptWhenTheBuildIsAborted() throws Throwable {
        script("import os, time\nprint('pid', os.getpid(), flush=True)\ntime.sleep(600)");
        FakeStepContext context = context();
        StepExecution execution = step().start(context);
        execution.start();
        waitForLog("pid ");
        long pid = Long.parseLong(log().replaceAll("(?s).*pid (\\d+).*", "$1"));

        execution.stop(new FlowInterruptedException(Result.ABORTED));

        assertThatThrownBy(context::result).isInstanceOf(FlowInterruptedException.class);
        assertThat(new ProcessIdentity(pid, 0).isRunning()).isFalse();
        assertThat(lastStatus()).isEqualTo(RunStatus.KILLED);
        assertNothingLeft();
    }

    @Test
    void shouldKeepTheResultWhileMlflowIsAway() throws Throwable {
        script(
                "import time\nprint('begun', flush=True)\ntime.sleep(1)\nopen('metrics.json', 'w').write('{\"auc\": 0.7}')");
        FakeStepContext context = context();
        step().start(context).start();
        waitForLog("begun");
        server.close();
        waitForLog("trying to record it");
        startServer();

        TrainingResult result = (TrainingResult) context.result();

        assertThat(result.getMetrics()).containsEntry("auc", 0.7);
        assertThat(log()).contains("does not answer");
    }

    @Test
    void shouldSayWhatIsMissing() throws Exception {
        script("print('x')");
        TrainModelStep step = step();
        step.setData(List.of("*.parquet"));

        FakeStepContext context = context();
        step.start(context).start();

        assertThatThrownBy(context::result)
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("no file matches data '*.parquet'");
    }

    @Test
    void shouldFailWhenTheControlFolderCannotBeWritten() throws Exception {
        script("print('x')");
        Files.writeString(folder.resolve("workspace@tmp"), "in the way");
        FakeStepContext context = context();
        step().start(context).start();

        assertThatThrownBy(context::result)
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("the training's files on the agent cannot be read or written");
    }

    @Test
    void shouldKeepItsArguments() {
        TrainModelStep step = step();
        step.setData(List.of("a.csv", "b/*"));
        step.setOutputs("build/**, metrics.json");

        assertThat(step.getData()).isEqualTo("a.csv, b/*");
        assertThat(step.outputPatterns()).containsExactly("build/**", "metrics.json");
        assertThat(step.getParameters()).containsEntry("depth", "7");
        assertThatThrownBy(() -> step.setData(7)).hasMessageContaining("data: expected a text or a list of texts");
    }

    private TrainModelStep step() {
        TrainModelStep step = new TrainModelStep("train.py", "requirements.lock");
        step.setParameters(Map.of("depth", 7));
        step.setData("data.csv");
        step.setOutputs("metrics.json");
        step.setSeed(3);
        step.setExperiment("step-" + folder.getFileName());
        return step;
    }

    private TrainingResult train() throws Throwable {
        FakeStepContext context = context();
        assertThat(step().start(context).start()).isFalse();
        return (TrainingResult) context.result();
    }

    private FakeStepContext context() throws Exception {
        return new FakeStepContext()
                .with(Run.class, run)
                .with(FilePath.class, new FilePath(workspace.toFile()))
                .with(
                        EnvVars.class,
                        new EnvVars(Map.of("MLFLOW_TRACKING_URI", server.uri().toString())))
                .with(TaskListener.class, new StreamTaskListener(log, StandardCharsets.UTF_8));
    }

    private static byte[] save(StepExecution execution) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(execution);
        }
        return bytes.toByteArray();
    }

    private static StepExecution load(byte[] program) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(program))) {
            return (StepExecution) in.readObject();
        }
    }

    private List<EvidenceEvent> events() {
        return BuildEvidence.of(run).events().stream()
                .filter(event -> event.type().equals("training.finished"))
                .toList();
    }

    private RunStatus lastStatus() {
        Tracking tracking = Mlflow.connect(server.uri(), Map.of()).tracking();
        return tracking.search(tracking.experiment("step-" + folder.getFileName()), "", 1)
                .get(0)
                .status();
    }

    private void assertNothingLeft() throws Exception {
        Path temporary = folder.resolve("workspace@tmp");
        if (Files.exists(temporary)) {
            try (Stream<Path> left = Files.list(temporary)) {
                assertThat(left).isEmpty();
            }
        }
    }

    private void waitForLog(String text) throws InterruptedException {
        for (int i = 0; i < 600 && !log().contains(text); i++) {
            Thread.sleep(50);
        }
        assertThat(log()).contains(text);
    }

    private String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    private void script(String text) throws Exception {
        Files.writeString(workspace.resolve("train.py"), text);
    }
}
