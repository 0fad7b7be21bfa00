package io.jenkins.plugins.mldelivery.registry;

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

/** The step in a real controller. That it registers what a gate let through is tested with the plugin that has gates. */
@WithJenkins
class RegisterModelStepITest {
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
        RegisterModelStep before = new RegisterModelStep("flights", "0123456789abcdef");
        before.setAlias("challenger");
        before.setPath("build/model");

        jenkins.assertEqualDataBoundBeans(before, new StepConfigTester(jenkins).configRoundTrip(before));
    }

    @Test
    void shouldWriteItsSnippet() throws Exception {
        RegisterModelStep step = new RegisterModelStep("flights", "0123456789abcdef");
        step.setAlias("candidate");

        new SnippetizerTester(jenkins)
                .assertRoundTrip(step, "registerModel alias: 'candidate', name: 'flights', run: '0123456789abcdef'");
    }

    @Test
    void shouldSayInTwoLinesThatAGateIsMissing() throws Exception {
        WorkflowRun build = run(
                Result.FAILURE,
                "node { withEnv(['MLFLOW_TRACKING_URI=http://127.0.0.1:9']) {"
                        + " registerModel name: 'flights', run: '0123456789abcdef' } }");

        jenkins.assertLogContains("ERROR: the model was not registered: no gate was given", build);
        jenkins.assertLogNotContains("\tat io.mldelivery", build);
    }
}
