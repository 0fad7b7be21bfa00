package io.jenkins.plugins.mldelivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;


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

/** The step in a real controller; a whole rollout is in {@link CanaryDeployRestartITest}. */
@WithJenkins
class CanaryDeployStepITest {

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

    @Test
    void shouldSurviveTheForm() throws Exception {
        CanaryDeployStep before = new CanaryDeployStep("models:/flights/3");
        before.setPlan("plan.yaml");
        before.setTarget("local:staging");
        before.setDrill("errors=0.1");
        before.setOnFail("unstable");

        jenkins.assertEqualDataBoundBeans(before, new StepConfigTester(jenkins).configRoundTrip(before));
    }

    @Test
    void shouldWriteItsSnippet() throws Exception {
        CanaryDeployStep step = new CanaryDeployStep("models:/flights/3");
        step.setPlan("plan.yaml");

        new SnippetizerTester(jenkins).assertRoundTrip(step, "canaryDeploy model: 'models:/flights/3', plan: 'plan.yaml'");
    }

    @Test
    void shouldTakeWeightsFromFormAndSnippet() throws Exception {
        CanaryDeployStep step = new CanaryDeployStep("models:/flights/3");
        step.setStrategy("canary");
        step.setWeights("10, 100");
        step.setPauses("1s, 2s");

        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
        new SnippetizerTester(jenkins)
                .assertRoundTrip(
                        step,
                        "canaryDeploy model: 'models:/flights/3', pauses: '1s, 2s', strategy: 'canary', weights: '10, 100'");
    }

    @Test
    void shouldTakeListsAndMapsFromTheScript() throws Exception {
        String plan = "plan: [analysis: [successRate: [min: 0.95]]], weights: [10, 100], pauses: ['1s', '2s']";

        jenkins.assertLogContains(
                "ERROR: MLFLOW_TRACKING_URI is not set",
                run(Result.FAILURE, "node { canaryDeploy model: 'models:/flights/3', " + plan + " }"));
        jenkins.assertLogContains(
                "canaryDeploy: weight 'ten' is no whole number",
                run(Result.FAILURE, "node { canaryDeploy model: 'models:/flights/3', weights: ['ten'] }"));
        jenkins.assertLogContains(
                "MLFLOW_TRACKING_URI is not set",
                run(
                        Result.FAILURE,
                        "node { canaryDeploy group: [[model: 'models:/flights/3'], [model: 'models:/hotels/1']] }"));
    }

    @Test
    void shouldFailInTwoLinesWithoutARegistry() throws Exception {
        WorkflowRun build = run(Result.FAILURE, "node { canaryDeploy model: 'models:/flights/3' }");

        jenkins.assertLogContains("ERROR: MLFLOW_TRACKING_URI is not set", build);
        assertThat(build.getLog(1000)).noneMatch(line -> line.startsWith("\tat io."));
    }

    @Test
    void shouldRefuseWhatIsNoRegisteredVersion() throws Exception {
        WorkflowRun build = run(Result.FAILURE, "node { canaryDeploy model: 'flights:3' }");

        jenkins.assertLogContains("model is 'flights:3', which names no registered version", build);
    }
}
