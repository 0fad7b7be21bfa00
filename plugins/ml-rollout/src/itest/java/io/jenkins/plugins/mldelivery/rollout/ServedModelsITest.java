package io.jenkins.plugins.mldelivery.rollout;

import hudson.EnvVars;
import hudson.model.Result;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RunStatus;
import io.mldelivery.registry.TrackedRun;
import io.mldelivery.registry.server.MlflowServer;
import io.mldelivery.rollout.local.LocalRollouts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What rollouts in a real controller need: a registry with two versions, a model server, and builds that deploy. */
abstract class ServedModelsITest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    @TempDir
    private static Path home;

    private static MlflowServer mlflow;

    @TempDir
    private Path served;

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

    @AfterEach
    void stopServing() throws InterruptedException {
        LocalRollouts rollouts = new LocalRollouts(served, Optional.empty(), null, Clock.systemUTC());
        for (String target : rollouts.targets()) {
            rollouts.stop(target);
        }
    }

    private static void register() throws Exception {
        Path model = ROOT.resolve("serving-image/src/test/resources/models/cancer/model.onnx");
        try (Mlflow connection = Mlflow.connect(mlflow.uri(), Map.of())) {
            String experiment = connection.tracking().experiment("cancer");
            TrackedRun run = connection.tracking().start(experiment, "training", Map.of(), Instant.now());
            connection.artifacts().upload(run.runId(), "model/model.onnx", model);
            connection.tracking().finish(run.runId(), RunStatus.FINISHED, Instant.now());
            connection.models().create("cancer", run.runId(), "runs:/" + run.runId() + "/model", Map.of());
        }
    }

    /** Tells builds where the registry and the model server are. */
    void environment(JenkinsRule jenkins) throws Exception {
        EnvVars variables = new EnvVars();
        variables.put("MLFLOW_TRACKING_URI", mlflow.uri().toString());
        variables.put("MLDELIVERY_SERVING", ROOT.resolve("serving-image/target/serving.jar").toString());
        variables.put("MLDELIVERY_HOME", served.toString());
        EnvironmentVariablesNodeProperty property = new EnvironmentVariablesNodeProperty();
        property.getEnvVars().putAll(variables);
        jenkins.jenkins.getGlobalNodeProperties().add(property);
    }

    static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static WorkflowRun succeeds(JenkinsRule jenkins, String script) throws Exception {
        return run(jenkins, Result.SUCCESS, script);
    }

    static WorkflowRun run(JenkinsRule jenkins, Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    /** A Pipeline that deploys a version in two steps, the first at 10 %, and replays requests meanwhile. */
    static String rollout(String version, String firstStep) {
        return """
                node {
                  writeFile file: 'replay.jsonl', text: '{"inputs": [ROW]}\\n'
                  writeFile file: 'rollout.yaml', text: \'\'\'
                steps:
                - {weight: 10, FIRST}
                - {weight: 100, requests: 100}
                analysis: {interval: 500ms, minimumRequests: 30, successRate: {min: 0.95}}
                deadline: 5m
                replay: replay.jsonl
                rate: 50
                \'\'\'
                  def rollout = canaryDeploy model: 'models:/cancer/VERSION', plan: 'rollout.yaml', target: 'local'
                  echo "${rollout.state}, weights ${rollout.weights}"
                }
                """.replace("VERSION", version)
                .replace("FIRST", firstStep)
                .replace("ROW", "[" + "1.0, ".repeat(29) + "1.0]");
    }
}
