package io.jenkins.plugins.mldelivery.rollout;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps that decide about rollouts, in a real controller. */
@WithJenkins
class RolloutDecisionStepsITest {
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
        DecideRolloutStep decide = new DecideRolloutStep("promote");
        decide.setModel("flights");
        survives(decide, "decideRollout decision: 'promote', model: 'flights'");
        RollbackModelStep rollback = new RollbackModelStep("flights");
        rollback.setTo("2");
        survives(rollback, "rollbackModel model: 'flights', to: '2'");
    }

    @Test
    void shouldSayInTwoLinesWhatIsWrong() throws Exception {
        fails("decideRollout decision: 'maybe', model: 'flights'", "decision 'maybe' is not known");
        fails("rollbackModel 'models:/flights/3'", "is not the name of a registered model");
    }
}
