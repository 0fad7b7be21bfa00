package io.jenkins.plugins.mldelivery.drift;

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

/** The steps in a real controller. */
@WithJenkins
class DriftCheckStepITest {
    private static final String FILES = """
            def table = { shift -> (0..<500).collect { (it + shift) + ',' + 'ABC'[it % 3] }.join('\\n') }
            writeFile file: 'reference.csv', text: 'delay,carrier\\n' + table(0) + '\\n'
            writeFile file: 'same.csv', text: 'delay,carrier\\n' + table(0) + '\\n'
            writeFile file: 'moved.csv', text: 'delay,carrier\\n' + table(400) + '\\n'
            """;

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
        DriftCheckStep before = new DriftCheckStep("reference.csv", "current.csv");
        before.setPolicy("drift.yaml");
        before.setOnFail("unstable");

        jenkins.assertEqualDataBoundBeans(before, new StepConfigTester(jenkins).configRoundTrip(before));
    }

    @Test
    void shouldWriteItsSnippet() throws Exception {
        DriftCheckStep step = new DriftCheckStep("reference.csv", "current.csv");
        step.setPolicy("drift.yaml");

        new SnippetizerTester(jenkins)
                .assertRoundTrip(step, "driftCheck current: 'current.csv', policy: 'drift.yaml', reference: 'reference.csv'");
    }

    @Test
    void shouldTakeTheProfileThroughFormAndSnippet() throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        snippets.assertRoundTrip(new DriftProfileStep("reference.csv"), "driftProfile 'reference.csv'");
        DriftProfileStep step = new DriftProfileStep("reference.csv");
        step.setOutput("reference.profile");
        step.setPolicy("drift.yaml");
        step.setRun("0123456789abcdef");

        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
        snippets.assertRoundTrip(
                step,
                "driftProfile output: 'reference.profile', policy: 'drift.yaml', reference: 'reference.csv',"
                        + " run: '0123456789abcdef'");
    }

    @Test
    void shouldCheckAgainstAProfile() throws Exception {
        WorkflowRun build = run(Result.SUCCESS, "node {\n" + FILES + """
                driftProfile reference: 'reference.csv', output: 'reference.profile'
                def drift = driftCheck reference: 'reference.profile', current: 'same.csv'
                echo "${drift.outcome}"
                }
                """);

        jenkins.assertLogContains("[drift] profile of reference.csv (2 columns, 500 rows) kept in reference.profile", build);
        jenkins.assertLogContains("PASS", build);
    }

    @Test
    void shouldSayInTwoLinesWhereAProfileCannotBeKept() throws Exception {
        WorkflowRun build = run(Result.FAILURE, "node {\n" + FILES + "driftProfile 'reference.csv'\n}");

        jenkins.assertLogContains("ERROR: driftProfile: neither run nor output is given", build);
        jenkins.assertLogNotContains("\tat io.", build);
    }

    @Test
    void shouldPassWhatHasNotMoved() throws Exception {
        WorkflowRun build = run(Result.SUCCESS, "node {\n" + FILES + """
                def drift = driftCheck reference: 'reference.csv', current: 'same.csv'
                echo "${drift.outcome} of ${drift.columns} columns: ${drift.driftedColumns}"
                }
                """);

        jenkins.assertLogContains("PASS of 2 columns: []", build);
    }

    @Test
    void shouldNameWhatHasMoved() throws Exception {
        WorkflowRun build = run(
                Result.FAILURE, "node {\n" + FILES + "driftCheck reference: 'reference.csv', current: 'moved.csv'\n}");

        jenkins.assertLogContains("delay", build);
    }

    @Test
    void shouldSayInTwoLinesWhatIsMissing() throws Exception {
        WorkflowRun build = run(Result.FAILURE, "node { driftCheck reference: 'none.csv', current: 'none.csv' }");

        jenkins.assertLogContains("none.csv", build);
        jenkins.assertLogNotContains("\tat io.mldelivery", build);
    }
}
