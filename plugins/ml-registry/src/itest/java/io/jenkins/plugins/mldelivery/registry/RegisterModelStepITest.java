package io.jenkins.plugins.mldelivery.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mldelivery.configuration.DeliveryConfiguration;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.server.MlflowServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RunStatus;
import io.mldelivery.registry.TrackedRun;
import java.nio.file.Files;
import java.time.Instant;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in a real controller, with a real MLflow server. */
@WithJenkins
class RegisterModelStepITest {

    @TempDir
    private static Path home;

    private static MlflowServer mlflow;

    @BeforeAll
    static void startMlflow() throws InterruptedException {
        mlflow = MlflowServer.start(home, PythonEnvironments.defaultCache(System.getenv()), Map.of(), System.out::println);
    }

    @AfterAll
    static void stopMlflow() {
        mlflow.close();
    }

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    private static String finishedRun() throws Exception {
        try (Mlflow connection = Mlflow.connect(mlflow.uri(), Map.of())) {
            String experiment = connection.tracking().experiment("flights");
            TrackedRun run = connection.tracking().start(experiment, "training", Map.of(), Instant.now());
            Path model = Files.writeString(Files.createDirectories(home.resolve("model")).resolve("model.onnx"), "onnx");
            connection.artifacts().upload(run.runId(), "build/model/model.onnx", model);
            connection.tracking().finish(run.runId(), RunStatus.FINISHED, Instant.now());
            return run.runId();
        }
    }

    @Test
    void shouldSurviveTheForm() throws Exception {
        RegisterModelStep before = new RegisterModelStep("flights", "0123456789abcdef");
        before.setAlias("challenger");
        before.setPath("build/model");

        jenkins.assertEqualDataBoundBeans(before, new StepConfigTester(jenkins).configRoundTrip(before));
    }

    @Test
    void shouldWriteItsSnippet() throws Exception {
        RegisterModelStep step = new RegisterModelStep("flights", "0123456789abcdef");
        step.setAlias("candidate");

        new SnippetizerTester(jenkins)
                .assertRoundTrip(step, "registerModel alias: 'candidate', name: 'flights', run: '0123456789abcdef'");
    }

    @Test
    void shouldRegisterOnceAndFindItAgain() throws Exception {
        DeliveryConfiguration.get().setTrackingUri(mlflow.uri().toString());
        String script = """
                node {
                  def version = registerModel name: 'flights', run: 'RUN', alias: 'challenger'
                  echo "registered ${version.uri} ${version.digest}"
                }
                """.replace("RUN", finishedRun());

        jenkins.assertLogContains("registered models:/flights/1 ", run(Result.SUCCESS, script));
        jenkins.assertLogContains("registered models:/flights/1 ", run(Result.SUCCESS, script));
    }

    @Test
    void shouldSayInTwoLinesWhichRunIsMissing() throws Exception {
        DeliveryConfiguration.get().setTrackingUri(mlflow.uri().toString());

        WorkflowRun build = run(Result.FAILURE, "node { registerModel name: 'flights', run: '00000000000000000000000000000000' }");

        jenkins.assertLogContains("00000000000000000000000000000000", build);
        jenkins.assertLogNotContains("\tat io.mldelivery", build);
        assertThat(build.getLog(1000)).anyMatch(line -> line.startsWith("ERROR: "));
    }
}
