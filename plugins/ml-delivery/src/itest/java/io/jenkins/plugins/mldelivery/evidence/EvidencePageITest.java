package io.jenkins.plugins.mldelivery.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import java.net.HttpURLConnection;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.Page;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build's evidence in a real controller: the page, what feeds it, and for whom. */
@WithJenkins
class EvidencePageITest {
    private JenkinsRule jenkins;
    private FreeStyleBuild build;

    @BeforeEach
    void runABuild(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject job = rule.createFreeStyleProject("flights");
        build = rule.buildAndAssertSuccess(job);
        BuildEvidence.of(build).append("gate.evaluated", Map.of("outcome", "PASS", "reason", "good"));
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "stranger")
                .grant(Item.READ)
                .everywhere()
                .to("reader"));
    }

    @Test
    void shouldShowItsPageToReaders() throws Exception {
        assertThat(get("reader", "model-delivery/").getWebResponse().getContentAsString())
                .contains("model-delivery")
                .doesNotContain("onclick=");
        assertThat(get("reader", "model-delivery/report").getWebResponse().getContentType())
                .isEqualTo("application/json");
        assertThat(get("reader", "model-delivery/evidence.jsonl").getWebResponse().getContentAsString())
                .contains("gate.evaluated");
        assertThat(get("reader", "").getWebResponse().getStatusCode()).isEqualTo(HttpURLConnection.HTTP_OK);
    }

    @Test
    void shouldHideItFromOthers() throws Exception {
        for (String path : new String[] {"model-delivery/", "model-delivery/report", "model-delivery/evidence.jsonl"}) {
            assertThat(get("stranger", path).getWebResponse().getStatusCode())
                    .as(path)
                    .isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        }
    }

    @Test
    void shouldStillBeThereAfterTheBuildIsReadAnew() throws Exception {
        build.getParent().doReload();
        FreeStyleBuild read = ((FreeStyleProject) jenkins.jenkins.getItem("flights")).getBuildByNumber(1);

        assertThat(read).isNotSameAs(build);
        assertThat(read.getAction(EvidenceAction.class).getProblem()).isNull();
        assertThat(BuildEvidence.of(read).events()).extracting("type").contains("gate.evaluated");
    }

    private Page get(String user, String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).login(user);
        return client.goTo(build.getUrl() + path, null);
    }
}
