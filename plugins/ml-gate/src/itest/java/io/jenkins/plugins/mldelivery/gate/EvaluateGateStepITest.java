package io.jenkins.plugins.mldelivery.gate;

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

/** The step in a real controller. */
@WithJenkins
class EvaluateGateStepITest {
    private static final String FILES = """
            writeFile file: 'gate.yaml', text: 'rules:\\n- {metric: roc_auc, kind: threshold, min: 0.8}\\n'
            writeFile file: 'good.json', text: '{"roc_auc": 0.9}'
            writeFile file: 'bad.json', text: '{"roc_auc": 0.7}'
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
        EvaluateGateStep before = new EvaluateGateStep("gate.yaml", "metrics.json");
        before.setChampion("models:/flights@champion");
        before.setOnFail("unstable");

        EvaluateGateStep after = new StepConfigTester(jenkins).configRoundTrip(before);

        jenkins.assertEqualDataBoundBeans(before, after);
    }

    @Test
    void shouldWriteItsSnippet() throws Exception {
        EvaluateGateStep step = new EvaluateGateStep("gate.yaml", "metrics.json");
        step.setOnFail("unstable");

        new SnippetizerTester(jenkins)
                .assertRoundTrip(step, "evaluateGate candidate: 'metrics.json', onFail: 'unstable', policy: 'gate.yaml'");
    }

    @Test
    void shouldLetAGoodModelThroughTheSandbox() throws Exception {
        WorkflowRun build = run(Result.SUCCESS, "node {\n" + FILES + """
                def gate = evaluateGate policy: 'gate.yaml', candidate: 'good.json'
                echo "${gate.outcome} ${gate.passed}: ${gate.reason}"
                }
                """);

        jenkins.assertLogContains("PASS true: ", build);
        assertThat(build.getRootDir().toPath().resolve("evidence.jsonl")).content().contains("gate.evaluated");
    }

    @Test
    void shouldStopABadModel() throws Exception {
        WorkflowRun build = run(Result.FAILURE, "node {\n" + FILES + "evaluateGate policy: 'gate.yaml', candidate: 'bad.json'\n}");

        jenkins.assertLogContains("roc_auc", build);
        jenkins.assertLogNotContains("\tat io.jenkins.plugins", build);
    }

    @Test
    void shouldOnlyMarkTheBuildWhenToldTo() throws Exception {
        run(Result.UNSTABLE, "node {\n" + FILES + "evaluateGate policy: 'gate.yaml', candidate: 'bad.json', onFail: 'unstable'\n}");
    }

    @Test
    void shouldCompareAPullRequestWithItsTargetsNewestPassingBuild() throws Exception {
        WorkflowJob target = jenkins.createProject(WorkflowJob.class, "main");
        String judge = "node {\n" + FILES + "evaluateGate policy: 'gate.yaml', candidate: '%s.json', onFail: 'unstable'\n}";
        target.setDefinition(new CpsFlowDefinition(judge.formatted("good"), true));
        jenkins.assertBuildStatus(Result.SUCCESS, target.scheduleBuild2(0));
        target.setDefinition(new CpsFlowDefinition(judge.formatted("bad"), true));
        jenkins.assertBuildStatus(Result.UNSTABLE, target.scheduleBuild2(0));

        WorkflowRun build = run(Result.FAILURE, "node { withEnv(['CHANGE_TARGET=main']) {\n" + FILES + """
                writeFile file: 'gate.yaml', text: 'rules: [{metric: roc_auc, kind: change, min: -0.01}]'
                evaluateGate policy: 'gate.yaml', candidate: 'bad.json', champion: 'build:reference'
                } }
                """);

        jenkins.assertLogContains("The change of roc_auc from the champion's 0.9 to 0.7 is -0.2", build);
    }

    @Test
    void shouldWorkInADeclarativePipeline() throws Exception {
        run(Result.SUCCESS, "pipeline { agent any\n stages { stage('Gate') { steps {\n" + FILES
                + "evaluateGate policy: 'gate.yaml', candidate: 'good.json'\n} } } }");
    }
}
