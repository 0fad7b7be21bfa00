package io.jenkins.plugins.mldelivery.registry;

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

/** The step in a real controller. */
@WithJenkins
class BuildServingImageStepITest {
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
    void shouldSayInTwoLinesWhichProgramIsMissing() throws Exception {
        fails(
                "withEnv(['MLFLOW_TRACKING_URI=http://127.0.0.1:9']) {"
                        + " buildServingImage model: 'models:/flights/3', base: 'scratch', to: 'tar:flights.tar' }",
                "MLDELIVERY_SERVING_IMAGE is not set");
    }
}
