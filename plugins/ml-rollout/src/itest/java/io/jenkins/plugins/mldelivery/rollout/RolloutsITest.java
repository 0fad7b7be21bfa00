package io.jenkins.plugins.mldelivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whole rollouts in a real controller: promoted, rolled back by a fault, decided about, and taken back later. */
@WithJenkins
class RolloutsITest extends ServedModelsITest {
    private JenkinsRule jenkins;

    @BeforeEach
    void deployTheFirstVersion(JenkinsRule rule) throws Exception {
        jenkins = rule;
        environment(rule);
        succeeds(rule, rollout("1", "requests: 100"));
    }

    @Test
    void shouldPromoteAndTakeBack() throws Exception {
        WorkflowRun promoted = succeeds(jenkins, rollout("2", "requests: 100"));
        jenkins.assertLogContains("promoted, weights [2:100, 1:0]", promoted);

        WorkflowRun back = succeeds(jenkins, """
                node {
                  def rollback = rollbackModel 'cancer'
                  echo "${rollback.outcome}, ${rollback.weights['1']} % to version 1"
                }
                """);

        jenkins.assertLogContains("PASS, 100 % to version 1", back);
        assertThat(back.getRootDir().toPath().resolve("evidence.jsonl")).content().contains("rollout.finished");
    }

    @Test
    void shouldGoBackWhenTheNewVersionAnswersWithErrors() throws Exception {
        WorkflowRun build = run(
                jenkins,
                Result.FAILURE,
                rollout("2", "requests: 100").replace("target: 'local'", "target: 'local', drill: 'errors'"));

        jenkins.assertLogContains("rolled back", build);
        jenkins.assertLogNotContains("\tat io.", build);
    }

    @Test
    void shouldFollowADecision() throws Exception {
        String pipeline = "parallel rollout: {\n" + rollout("2", "manual: true") + """
                }, decision: {
                  node {
                    waitUntil(initialRecurrencePeriod: 500, quiet: true) {
                      try {
                        decideRollout decision: 'abort', model: 'cancer'
                        true
                      } catch (hudson.AbortException e) {
                        echo e.message
                        false
                      }
                    }
                  }
                }
                """;

        WorkflowRun build = run(jenkins, Result.FAILURE, pipeline);

        assertThat(build.getRootDir().toPath().resolve("evidence.jsonl"))
                .content()
                .contains("rollout.decided", "\"decision\":\"abort\"");
        jenkins.assertLogNotContains("promoted, weights", build);
    }
}
