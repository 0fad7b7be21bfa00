package io.jenkins.plugins.mldelivery.training;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.plugins.mldelivery.configuration.DeliveryConfiguration;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.server.MlflowServer;
import java.nio.file.Path;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller restarts while a training runs: the script runs on, once, and its result is taken. */
class TrainModelRestartITest {
    private static final String LOCK = "six==1.17.0"
            + " --hash=sha256:4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274";

    @TempDir
    private static Path home;

    private static MlflowServer mlflow;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeAll
    static void startMlflow() throws InterruptedException {
        mlflow = MlflowServer.start(home, PythonEnvironments.defaultCache(System.getenv()), Map.of(), System.out::println);
    }

    @AfterAll
    static void stopMlflow() {
        mlflow.close();
    }

    @Test
    void shouldGoOnWithTheRunningScript() throws Throwable {
        sessions.then(jenkins -> {
            DeliveryConfiguration.get().setTrackingUri(mlflow.uri().toString());
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "flights");
            job.setDefinition(new CpsFlowDefinition("""
                    node {
                      writeFile file: 'requirements.lock', text: 'LOCK'
                      writeFile file: 'train.py', text: \'\'\'
                    import json, os, time
                    open('starts', 'a').write('x')
                    print('begun', flush=True)
                    while not os.path.exists('go'):
                        time.sleep(0.1)
                    json.dump({'auc': 0.7}, open('metrics.json', 'w'))
                    \'\'\'
                      def training = trainModel script: 'train.py', environment: 'requirements.lock', metrics: 'metrics.json'
                      echo "auc ${training.metrics.auc} after ${readFile('starts')}"
                    }
                    """.replace("LOCK", LOCK), true));
            jenkins.waitForMessage("begun", job.scheduleBuild2(0).waitForStart());
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("flights", WorkflowJob.class);
            WorkflowRun build = job.getBuildByNumber(1);
            FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
            assertThat(workspace).isNotNull();
            workspace.child("go").write("", "UTF-8");

            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("auc 0.7 after x", build);
        });
    }
}
