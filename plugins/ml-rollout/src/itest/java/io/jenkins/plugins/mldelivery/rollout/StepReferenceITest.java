package io.jenkins.plugins.mldelivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What Jenkins itself writes about our steps: the snippet generator, the steps' reference and the editors' GDSL. */
@WithJenkins
class StepReferenceITest {
    private static final String[] STEPS = {
        "trainModel", "optimizeModel", "evaluateGate", "registerModel", "buildServingImage",
        "canaryDeploy", "rollbackModel", "decideRollout", "driftCheck", "driftProfile"
    };

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private String page(String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setJavaScriptEnabled(false);
            return client.goTo("pipeline-syntax/" + path, null).getWebResponse().getContentAsString();
        }
    }

    @Test
    void shouldListEveryStepInTheSnippetGenerator() throws Exception {
        assertThat(page("")).contains(Stream.of(STEPS).map(step -> step + ": ").toList());
    }

    @Test
    void shouldDescribeEveryStepInTheReference() throws Exception {
        assertThat(page("html")).contains(Stream.of(STEPS).map(step -> "<code>" + step + "</code>").toList());
    }

    @Test
    void shouldTellEditorsEveryStep() throws Exception {
        assertThat(page("gdsl")).contains(Stream.of(STEPS).map(step -> "name: '" + step + "'").toList());
    }
}
