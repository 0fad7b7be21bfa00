package io.jenkins.plugins.mldelivery.registry;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
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
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in a real controller, with a real MLflow server and the real programs. */
@WithJenkins
class BuildServingImageStepITest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private void survives(Step before, String snippet) throws Exception {
        jenkins.assertEqualDataBoundBeans(before, new StepConfigTester(jenkins).configRoundTrip(before));
        new SnippetizerTester(jenkins).assertRoundTrip(before, snippet);
    }

    private void fails(String script, String message) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node { " + script + " }", true));
        WorkflowRun build = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        jenkins.assertLogContains(message, build);
        jenkins.assertLogNotContains("\tat io.", build);
    }

    @Test
    void shouldSurviveFormAndSnippet() throws Exception {
        BuildServingImageStep step = new BuildServingImageStep("models:/flights/3", "scratch", "tar:flights.tar");
        step.setArchitectures("arm64");
        survives(
                step,
                "buildServingImage architectures: 'arm64', base: 'scratch', model: 'models:/flights/3', to: 'tar:flights.tar'");
    }

    @Test
    void shouldMakeTheSameImageTwice(@TempDir Path home) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        try (MlflowServer mlflow = MlflowServer.start(
                home, PythonEnvironments.defaultCache(System.getenv()), Map.of(), System.out::println)) {
            register(mlflow, home);
            job.setDefinition(new CpsFlowDefinition("""
                    node {
                      withEnv(['MLFLOW_TRACKING_URI=ADDRESS', 'MLDELIVERY_SERVING=ROOT/serving-image/target/serving.jar',
                          'MLDELIVERY_SERVING_IMAGE=ROOT/serving-image/image/target/serving-image.jar']) {
                        def image = buildServingImage model: 'models:/flights/1', base: 'scratch', to: 'tar:flights.tar'
                        def again = buildServingImage model: 'models:/flights/1', base: 'scratch', to: 'tar:flights.tar'
                        echo "${image.name} ${image.version}, same: ${image.digest == again.digest}"
                      }
                    }
                    """.replace("ADDRESS", mlflow.uri().toString()).replace("ROOT", ROOT.toString()), true));
            WorkflowRun build = jenkins.buildAndAssertSuccess(job);

            jenkins.assertLogContains("flights 1, same: true", build);
            FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
            assertThat(workspace.child("flights.tar").length()).isGreaterThan(1_000_000);
            assertThat(build.getRootDir().toPath().resolve("evidence.jsonl")).content().contains("image.built");
        }
    }

    private static void register(MlflowServer mlflow, Path folder) throws Exception {
        try (Mlflow connection = Mlflow.connect(mlflow.uri(), Map.of())) {
            String experiment = connection.tracking().experiment("flights");
            TrackedRun run = connection.tracking().start(experiment, "training", Map.of(), Instant.now());
            Path model = Files.writeString(folder.resolve("model.onnx"), "onnx");
            connection.artifacts().upload(run.runId(), "model/model.onnx", model);
            connection.tracking().finish(run.runId(), RunStatus.FINISHED, Instant.now());
            connection.models().create("flights", run.runId(), "runs:/" + run.runId() + "/model", Map.of());
        }
    }

    @Test
    void shouldSayInTwoLinesWhichProgramIsMissing() throws Exception {
        fails(
                "withEnv(['MLFLOW_TRACKING_URI=http://127.0.0.1:9']) {"
                        + " buildServingImage model: 'models:/flights/3', base: 'scratch', to: 'tar:flights.tar' }",
                "MLDELIVERY_SERVING_IMAGE is not set");
    }
}
