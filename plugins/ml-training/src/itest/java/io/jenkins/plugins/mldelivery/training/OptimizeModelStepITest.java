package io.jenkins.plugins.mldelivery.training;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import java.nio.file.Path;
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
class OptimizeModelStepITest {
    private static final Path FILES =
            Path.of("../../engine/training/src/test/resources/io/mldelivery/training/optimize");

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
        OptimizeModelStep step = new OptimizeModelStep("build/model.onnx", "build/small.onnx", "requirements.lock");
        step.setRows("rows.csv");
        survives(
                step,
                "optimizeModel environment: 'requirements.lock', model: 'build/model.onnx', output: 'build/small.onnx', rows: 'rows.csv'");
    }

    @Test
    void shouldOptimiseAndMeasureBoth() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        new FilePath(FILES.resolve("mlp").toFile()).copyRecursiveTo(workspace.child("build/model"));
        workspace.child("requirements.lock").copyFrom(new FilePath(FILES.resolve("onnx.lock").toFile()));
        job.setDefinition(new CpsFlowDefinition("""
                node {
                  def small = optimizeModel model: 'build/model', output: 'build/int8', environment: 'requirements.lock'
                  echo "smaller: ${small.bytes < small.bytesBefore}"
                }
                """, true));

        WorkflowRun build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("smaller: true", build);
        assertThat(workspace.child("build/int8/model.onnx").exists()).isTrue();
        assertThat(build.getRootDir().toPath().resolve("evidence.jsonl")).content().contains("model.optimized");
    }

    @Test
    void shouldSayInTwoLinesWhatIsMissing() throws Exception {
        fails(
                "optimizeModel model: 'none.onnx', output: 'small.onnx', environment: 'requirements.lock', rows: 'rows.csv'",
                "ERROR: ");
    }
}
