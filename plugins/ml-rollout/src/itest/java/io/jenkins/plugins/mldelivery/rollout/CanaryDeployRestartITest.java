package io.jenkins.plugins.mldelivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller restarts in the middle of a rollout: traffic goes on, and the rollout ends as if nothing had happened. */
class CanaryDeployRestartITest extends ServedModelsITest {
    private static final String STEP = "requests: 100";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void shouldEndARolloutThatARestartInterrupted() throws Throwable {
        sessions.then(jenkins -> {
            environment(jenkins);
            jenkins.buildAndAssertSuccess(job(jenkins, "first", rollout("1", STEP)));
            WorkflowJob second = job(jenkins, "second", rollout("2", STEP));
            jenkins.waitForMessage("10 %", second.scheduleBuild2(0).waitForStart());
        });
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("second", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("promoted, weights [2:100, 1:0]", build);
            assertThat(build.getRootDir().toPath().resolve("evidence.jsonl"))
                    .content()
                    .containsOnlyOnce("rollout.started")
                    .containsOnlyOnce("rollout.finished");
        });
    }
}
