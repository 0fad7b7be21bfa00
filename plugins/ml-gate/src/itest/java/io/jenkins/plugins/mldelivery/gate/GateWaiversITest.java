package io.jenkins.plugins.mldelivery.gate;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A job's waivers in a real controller: for whom the page is there, and who may give and take back. */
@WithJenkins
class GateWaiversITest {
    private static final List<NameValuePair> WAIVER = List.of(
            new NameValuePair("rule", "roc_auc"),
            new NameValuePair("version", "3"),
            new NameValuePair("reason", "the old data set was wrong"),
            new NameValuePair("until", LocalDate.now(ZoneOffset.UTC).plusDays(7).toString()));

    private JenkinsRule jenkins;
    private FreeStyleProject job;

    @BeforeEach
    void giveTheJobAGate(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = rule.createFreeStyleProject("flights");
        Files.createFile(GateWaiversFactory.file(job));
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("judge", "reader", "stranger")
                .grant(Item.READ)
                .everywhere()
                .to("judge", "reader")
                .grant(GateWaiversFactory.WAIVE)
                .everywhere()
                .to("judge"));
    }

    @Test
    void shouldShowThePageToReadersAndTheFormToJudgesOnly() throws Exception {
        assertThat(page("stranger").status()).isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        assertThat(page("reader").text()).doesNotContain("name=\"reason\"");
        assertThat(page("judge").text()).contains("name=\"reason\"").doesNotContain("onclick=");
    }

    @Test
    void shouldTakeWaiversFromJudgesOnly() throws Exception {
        assertThat(send("stranger", "add", HttpMethod.POST)).isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        assertThat(send("reader", "add", HttpMethod.POST)).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        assertThat(new GateWaiversAction(job).getWaivers()).isEmpty();

        assertThat(send("judge", "add", HttpMethod.POST)).isEqualTo(HttpURLConnection.HTTP_OK);

        assertThat(new GateWaiversAction(job).getWaivers()).hasSize(1);
        assertThat(page("reader").text()).contains("the old data set was wrong", "judge");
    }

    @Test
    void shouldLetJudgesOnlyTakeAWaiverBack() throws Exception {
        send("judge", "add", HttpMethod.POST);

        assertThat(send("reader", "revoke", HttpMethod.POST)).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        assertThat(new GateWaiversAction(job).getWaivers()).hasSize(1);
        assertThat(send("judge", "revoke", HttpMethod.POST)).isEqualTo(HttpURLConnection.HTTP_OK);
        assertThat(new GateWaiversAction(job).getWaivers()).isEmpty();
    }

    @Test
    void shouldChangeNothingOnGet() throws Exception {
        assertThat(send("judge", "add", HttpMethod.GET)).isEqualTo(HttpURLConnection.HTTP_BAD_METHOD);
        assertThat(send("judge", "revoke", HttpMethod.GET)).isEqualTo(HttpURLConnection.HTTP_BAD_METHOD);
        assertThat(new GateWaiversAction(job).getWaivers()).isEmpty();
    }

    private record Answer(int status, String text) {}

    private Answer page(String user) throws Exception {
        var response = client(user).goTo(job.getUrl() + "gate-waivers/", null).getWebResponse();
        return new Answer(response.getStatusCode(), response.getContentAsString());
    }

    private int send(String user, String method, HttpMethod how) throws Exception {
        JenkinsRule.WebClient client = client(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), job.getUrl() + "gate-waivers/" + method), how);
        request.setRequestParameters(WAIVER);
        return client.getPage(client.addCrumb(request)).getWebResponse().getStatusCode();
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        return jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login(user);
    }
}
