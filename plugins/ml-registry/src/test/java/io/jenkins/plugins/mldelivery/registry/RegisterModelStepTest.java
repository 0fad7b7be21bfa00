package io.jenkins.plugins.mldelivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.jenkins.plugins.mldelivery.outcome.StepOutcome;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.Outcome;
import io.mldelivery.plugin.testing.FakeStepContext;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RegisteredVersion;
import io.mldelivery.registry.RunStatus;
import io.mldelivery.registry.Tracking;
import io.mldelivery.registry.server.MlflowServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step with a real MLflow server, in the stand-in for a controller. */
class RegisterModelStepTest {
    @TempDir
    static Path home;

    @TempDir
    Path folder;

    private static MlflowServer server;
    private final String name = "model-" + UUID.randomUUID();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private LocalRun build;
    private String run;

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
        build = LocalJob.named("flights").newBuild();
        run = trainedRun(RunStatus.FINISHED);
    }

    @AfterEach
    void stopJenkins() {
        LocalJenkins.stop();
    }

    @Test
    void shouldRegisterOnceAndTellTheEvidence() throws Throwable {
        judge(run, Outcome.PASS);

        ModelVersion first = register(run, Outcome.PASS);
        ModelVersion again = register("runs:/" + run, Outcome.PASS);

        assertThat(first.getUri()).isEqualTo("models:/" + name + "/1");
        assertThat(again.getUri()).isEqualTo(first.getUri());
        RegisteredVersion version =
                mlflow().models().byAlias(name, "challenger").orElseThrow();
        assertThat(version.version()).isEqualTo("1");
        assertThat(version.tags())
                .containsEntry("mldelivery.build", "flights #1")
                .containsEntry("mldelivery.gate_outcome", "PASS");
        assertThat(events("model.registered")).containsExactly(true, false);
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("registered as models:/" + name + "/1; challenger points to it");
    }

    @Test
    void shouldRegisterNothingWhenTheGateDidNotPass() throws Exception {
        judge(run, Outcome.FAIL);

        assertThatThrownBy(() -> register(run, Outcome.FAIL))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("the model was not registered: its gate is FAIL");
        assertThatThrownBy(() -> register(run, Outcome.PASS)).hasMessageContaining("the last gate on run " + run);
        assertThat(mlflow().models().versions(name)).isEmpty();
    }

    @Test
    void shouldRefuseARunThatDidNotEndWell() throws Exception {
        String failed = trainedRun(RunStatus.FAILED);
        judge(failed, Outcome.PASS);

        assertThatThrownBy(() -> register(failed, Outcome.PASS))
                .hasMessageContaining("run " + failed + " is FAILED, not FINISHED");
    }

    private ModelVersion register(String which, Outcome gate) throws Throwable {
        RegisterModelStep step = new RegisterModelStep(name, which);
        step.setGate(new StepOutcome(gate, "roc_auc 0.7") {
            private static final long serialVersionUID = 1L;
        });
        FakeStepContext context = new FakeStepContext()
                .with(Run.class, build)
                .with(FilePath.class, new FilePath(folder.toFile()))
                .with(
                        EnvVars.class,
                        new EnvVars(Map.of("MLFLOW_TRACKING_URI", server.uri().toString())))
                .with(TaskListener.class, new StreamTaskListener(log, StandardCharsets.UTF_8));
        step.start(context).start();
        return (ModelVersion) context.result();
    }

    private void judge(String which, Outcome outcome) {
        BuildEvidence.of(build)
                .append("gate.evaluated", Map.of("runId", which, "outcome", outcome.name(), "reason", "roc_auc 0.7"));
    }

    private java.util.List<Boolean> events(String type) {
        return BuildEvidence.of(build).events().stream()
                .filter(event -> event.type().equals(type))
                .map(EvidenceEvent::data)
                .map(data -> data.path("created").asBoolean())
                .toList();
    }

    private String trainedRun(RunStatus status) throws Exception {
        Tracking tracking = mlflow().tracking();
        String id = tracking.start(tracking.experiment("register-tests"), "r", Map.of(), Instant.now())
                .runId();
        mlflow().artifacts().upload(id, "build/model/model.onnx", Files.writeString(folder.resolve("model"), name));
        tracking.finish(id, status, Instant.now());
        return id;
    }

    private static Mlflow mlflow() {
        return Mlflow.connect(server.uri(), Map.of());
    }
}
