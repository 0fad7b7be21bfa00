package io.jenkins.plugins.mldelivery.rollout;

import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import java.nio.file.Path;
import java.util.List;
import jenkins.plugins.git.GitSCMSource;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.libs.GlobalLibraries;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.SCMSourceRetriever;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The root of this repository loads as a shared library. */
@WithJenkins
class SharedLibraryITest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    @Test
    void shouldLoadAndRefuseWhatItDoesNotKnow(JenkinsRule jenkins) throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        LibraryConfiguration library = new LibraryConfiguration(
                "ml-delivery", new SCMSourceRetriever(new GitSCMSource(ROOT.toUri().toString())));
        library.setDefaultVersion(head());
        GlobalLibraries.get().setLibraries(List.of(library));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("@Library('ml-delivery') _\ndeliverModel nam: 'flights'", true));

        WorkflowRun build = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));

        jenkins.assertLogContains("deliverModel: there is no option 'nam'", build);
    }

    private static String head() throws Exception {
        Process git = new ProcessBuilder("git", "-C", ROOT.toString(), "rev-parse", "HEAD").start();
        return new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).trim();
    }
}
