package io.jenkins.plugins.mldelivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.model.Result;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RegisteredVersion;
import io.mldelivery.registry.RunStatus;
import io.mldelivery.registry.TrackedRun;
import io.mldelivery.registry.server.MlflowServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller restarts in the middle of a rollout: traffic goes on, and the rollout ends as if nothing had happened. */
class CanaryDeployRestartITest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    @TempDir
    private static Path home;

    private static MlflowServer mlflow;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeAll
    static void startMlflow() throws Exception {
        mlflow = MlflowServer.start(home, PythonEnvironments.defaultCache(System.getenv()), Map.of(), System.out::println);
        register();
        register();
    }

    @AfterAll
    static void stopMlflow() {
        mlflow.close();
    }

    private static RegisteredVersion register() throws Exception {
        Path model = ROOT.resolve("serving-image/src/test/resources/models/cancer/model.onnx");
        try (Mlflow connection = Mlflow.connect(mlflow.uri(), Map.of())) {
            String experiment = connection.tracking().experiment("cancer");
            TrackedRun run = connection.tracking().start(experiment, "training", Map.of(), Instant.now());
            connection.artifacts().upload(run.runId(), "model/model.onnx", model);
            connection.tracking().finish(run.runId(), RunStatus.FINISHED, Instant.now());
            return connection.models().create("cancer", run.runId(), run.artifactUri() + "/model", Map.of());
        }
    }

    @Test
    void shouldEndARolloutThatARestartInterrupted() throws Throwable {
        sessions.then(jenkins -> {
            environment(jenkins);
            WorkflowJob first = job(jenkins, "first", "models:/cancer/1");
            jenkins.buildAndAssertSuccess(first);
            WorkflowJob second = job(jenkins, "second", "models:/cancer/2");
            jenkins.waitForMessage("10 %", second.scheduleBuild2(0).waitForStart());
        });
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("second", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("promoted, weights [2:100]", build);
            assertThat(build.getRootDir().toPath().resolve("evidence.jsonl"))
                    .content()
                    .containsOnlyOnce("rollout.started")
                    .containsOnlyOnce("rollout.finished");
        });
    }

    private static void environment(JenkinsRule jenkins) throws Exception {
        EnvVars variables = new EnvVars();
        variables.put("MLFLOW_TRACKING_URI", mlflow.uri().toString());
        variables.put("MLDELIVERY_SERVING", ROOT.resolve("serving-image/target/serving.jar").toString());
        variables.put("MLDELIVERY_HOME", home.resolve("targets").toString());
        EnvironmentVariablesNodeProperty property = new EnvironmentVariablesNodeProperty();
        property.getEnvVars().putAll(variables);
        jenkins.jenkins.getGlobalNodeProperties().add(property);
    }

    private static WorkflowJob job(JenkinsRule jenkins, String name, String model) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        String row = "[" + "1.0, ".repeat(29) + "1.0]";
        job.setDefinition(new CpsFlowDefinition("""
                node {
                  writeFile file: 'replay.jsonl', text: '{"inputs": [ROW]}\\n'
                  writeFile file: 'rollout.yaml', text: \'\'\'
                steps:
                - {weight: 10, requests: 100}
                - {weight: 100, requests: 100}
                analysis: {interval: 500ms, minimumRequests: 30, successRate: {min: 0.95}}
                deadline: 5m
                replay: replay.jsonl
                rate: 50
                \'\'\'
                  def rollout = canaryDeploy model: 'MODEL', plan: 'rollout.yaml', target: 'local'
                  echo "${rollout.state}, weights ${rollout.weights}"
                }
                """.replace("MODEL", model).replace("ROW", row), true));
        return job;
    }
}
