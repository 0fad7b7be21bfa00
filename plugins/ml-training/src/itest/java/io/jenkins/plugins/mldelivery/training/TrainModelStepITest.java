package io.jenkins.plugins.mldelivery.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mldelivery.configuration.DeliveryConfiguration;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.server.MlflowServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import hudson.FilePath;
import hudson.model.Label;
import hudson.model.Node;
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

/** The step in a real controller, with real Python and a real MLflow server. */
@WithJenkins
class TrainModelStepITest {
    private static final String LOCK = "six==1.17.0"
            + " --hash=sha256:4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274";

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
        job.setDefinition(new CpsFlowDefinition(script.replace("LOCK", LOCK), true));
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    @Test
    void shouldSurviveTheForm() throws Exception {
        TrainModelStep before = new TrainModelStep("train.py", "requirements.lock");
        before.setSeed(7);
        before.setExperiment("flights");
        before.setData("data/*, more.csv");
        before.setOutputs("build/**");
        before.setCache(false);

        TrainModelStep after = new StepConfigTester(jenkins).configRoundTrip(before);

        jenkins.assertEqualDataBoundBeans(before, after);
    }

    @Test
    void shouldWriteItsSnippet() throws Exception {
        TrainModelStep step = new TrainModelStep("train.py", "requirements.lock");
        step.setSeed(7);

        new SnippetizerTester(jenkins)
                .assertRoundTrip(step, "trainModel environment: 'requirements.lock', script: 'train.py', seed: 7");
    }

    @Test
    void shouldTrainOnceAndThenTakeTheRecordedResult() throws Exception {
        DeliveryConfiguration.get().setTrackingUri(mlflow.uri().toString());
        String script = """
                node {
                  writeFile file: 'requirements.lock', text: 'LOCK'
                  writeFile file: 'train.py', text: "import json; json.dump({'auc': 0.7}, open('metrics.json', 'w'))"
                  def training = trainModel script: 'train.py', environment: 'requirements.lock', metrics: 'metrics.json',
                    outputs: 'metrics.json', seed: 7, experiment: 'flights'
                  echo "cached ${training.cached}, auc ${training.metrics.auc}, ${training.outputs}"
                }
                """;

        jenkins.assertLogContains("cached false, auc 0.7, [metrics.json]", run(Result.SUCCESS, script));
        jenkins.assertLogContains("cached true, auc 0.7, [metrics.json]", run(Result.SUCCESS, script));
    }

    @Test
    void shouldTrainOnAnAgent() throws Exception {
        DeliveryConfiguration.get().setTrackingUri(mlflow.uri().toString());
        Node agent = jenkins.createOnlineSlave(Label.get("trainer"));

        WorkflowRun build = run(Result.SUCCESS, """
                node('trainer') {
                  writeFile file: 'requirements.lock', text: 'LOCK'
                  writeFile file: 'train.py', text: "import json; json.dump({'auc': 0.8}, open('metrics.json', 'w'))"
                  def training = trainModel script: 'train.py', environment: 'requirements.lock', metrics: 'metrics.json',
                    outputs: 'metrics.json', experiment: 'agents'
                  echo "auc ${training.metrics.auc} on ${env.NODE_NAME}"
                }
                """);

        jenkins.assertLogContains("auc 0.8 on " + agent.getNodeName(), build);
        FilePath workspace = agent.getWorkspaceFor(build.getParent());
        assertThat(workspace).isNotNull();
        assertThat(workspace.child("metrics.json").exists()).isTrue();
        assertThat(build.getRootDir().toPath().resolve("evidence.jsonl")).content().contains("training.finished");
    }

    @Test
    void shouldFailInTwoLinesWhenTheScriptFails() throws Exception {
        DeliveryConfiguration.get().setTrackingUri(mlflow.uri().toString());

        WorkflowRun build = run(Result.FAILURE, """
                node {
                  writeFile file: 'requirements.lock', text: 'LOCK'
                  writeFile file: 'train.py', text: "raise ValueError('no column delay')"
                  trainModel script: 'train.py', environment: 'requirements.lock'
                }
                """);

        jenkins.assertLogContains("no column delay", build);
        assertThat(build.getLog(1000)).noneMatch(line -> line.startsWith("\tat io.mldelivery"));
    }
}
