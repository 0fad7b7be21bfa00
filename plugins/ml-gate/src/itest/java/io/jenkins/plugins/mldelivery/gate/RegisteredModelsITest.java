package io.jenkins.plugins.mldelivery.gate;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.mldelivery.configuration.DeliveryConfiguration;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RunStatus;
import io.mldelivery.registry.TrackedRun;
import io.mldelivery.registry.server.MlflowServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Gate and registry together in a real controller, with a real MLflow server: only what a gate let through is registered. */
@WithJenkins
class RegisteredModelsITest {
    @TempDir
    private static Path home;

    private static MlflowServer mlflow;

    private JenkinsRule jenkins;

    @BeforeAll
    static void startMlflow() throws InterruptedException {
        mlflow = MlflowServer.start(home, PythonEnvironments.defaultCache(System.getenv()), Map.of(), System.out::println);
    }

    @AfterAll
    static void stopMlflow() {
        mlflow.close();
    }

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        DeliveryConfiguration.get().setTrackingUri(mlflow.uri().toString());
    }

    private static String trainedRun(double quality) throws Exception {
        try (Mlflow connection = Mlflow.connect(mlflow.uri(), Map.of())) {
            String experiment = connection.tracking().experiment("flights");
            TrackedRun run = connection.tracking().start(experiment, "training", Map.of(), Instant.now());
            connection.tracking().logMetrics(run.runId(), Map.of("roc_auc", quality));
            Path model = Files.writeString(home.resolve("model.onnx"), "onnx");
            connection.artifacts().upload(run.runId(), "build/model/model.onnx", model);
            connection.tracking().finish(run.runId(), RunStatus.FINISHED, Instant.now());
            return run.runId();
        }
    }

    private WorkflowRun register(Result expected, String judged, String registered) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                node {
                  writeFile file: 'gate.yaml', text: 'rules:\\n- {metric: roc_auc, kind: threshold, min: 0.8}\\n'
                  def gate = evaluateGate policy: 'gate.yaml', candidate: 'runs:/JUDGED', onFail: 'ignore'
                  def version = registerModel name: 'flights', run: 'REGISTERED', gate: gate, alias: 'challenger'
                  echo "registered ${version.uri} with ${version.digest.length()} digits"
                }
                """.replace("JUDGED", judged).replace("REGISTERED", registered), true));
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    @Test
    void shouldRegisterOnceAndFindItAgain() throws Exception {
        String run = trainedRun(0.9);

        jenkins.assertLogContains("registered models:/flights/1 with 64 digits", register(Result.SUCCESS, run, run));
        WorkflowRun again = register(Result.SUCCESS, run, run);

        jenkins.assertLogContains("registered models:/flights/1 with 64 digits", again);
        assertThat(again.getRootDir().toPath().resolve("evidence.jsonl"))
                .content()
                .contains("gate.evaluated", "model.registered");
    }

    @Test
    void shouldRefuseWhatTheGateDidNotLetThrough() throws Exception {
        String run = trainedRun(0.7);

        WorkflowRun build = register(Result.FAILURE, run, run);

        jenkins.assertLogContains("ERROR: the model was not registered: its gate is FAIL", build);
        jenkins.assertLogNotContains("\tat io.", build);
    }

    @Test
    void shouldRefuseARunThatNoGateJudged() throws Exception {
        String other = trainedRun(0.9);

        WorkflowRun build = register(Result.FAILURE, trainedRun(0.95), other);

        jenkins.assertLogContains("no gate was evaluated on run " + other + " in this build", build);
    }
}
