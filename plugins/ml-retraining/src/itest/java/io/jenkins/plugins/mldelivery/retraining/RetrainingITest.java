package io.jenkins.plugins.mldelivery.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Webhooks in a real controller: configured by form and as code, signed, without a crumb, as their user. */
@WithJenkins
class RetrainingITest {
    private static final String SECRET = "a shared secret";
    private static final String PUSH = "{\"ref\":\"refs/heads/main\",\"after\":\"9d817a14\","
            + "\"repository\":{\"full_name\":\"team/flights\"}}";

    private JenkinsRule jenkins;
    private FreeStyleProject job;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = rule.createFreeStyleProject("flights");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "retraining")
                .grant(Item.READ, Item.BUILD)
                .everywhere()
                .to("retraining"));
        User.getById("retraining", true).save();
        User.getById("reader", true).save();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", "", Secret.fromString(SECRET)));
        SystemCredentialsProvider.getInstance().save();
        trigger("retraining");
    }

    private static void trigger(String user) {
        RetrainingTrigger trigger = new RetrainingTrigger("flights-push", "github", "hook", "flights", user);
        trigger.setSubject("main");
        RetrainingConfiguration.get().setTriggers(List.of(trigger));
    }

    @Test
    void shouldSurviveTheForm() throws Exception {
        List<RetrainingTrigger> before = RetrainingConfiguration.get().getTriggers();
        jenkins.jenkins.setAuthorizationStrategy(new hudson.security.AuthorizationStrategy.Unsecured());

        jenkins.configRoundtrip();

        jenkins.assertEqualDataBoundBeans(before, RetrainingConfiguration.get().getTriggers());
    }

    @Test
    void shouldLoadFromAndExportAsCode() throws Exception {
        ConfigurationAsCode.get().configure(getClass().getResource("retraining.yaml").toString());

        RetrainingTrigger trigger = RetrainingConfiguration.get().getTriggers().get(0);
        assertThat(trigger.getSender()).isEqualTo("mlflow");
        assertThat(trigger.getMaxPerDay()).isEqualTo(2);
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        assertThat(exported.toString(StandardCharsets.UTF_8))
                .contains("mlRetraining:", "name: \"flights-alias\"", "maxPerDay: 2")
                .doesNotContain(SECRET);
    }

    @Test
    void shouldStartABuildOnASignedEventWithoutACrumb() throws Exception {
        assertThat(send(PUSH, signature(PUSH)).statusCode()).isBetween(200, 202);
        jenkins.waitUntilNoActivity();

        assertThat(job.getLastBuild().getCause(RetrainingCause.class)).isNotNull();
    }

    @Test
    void shouldStartNothingOnAnEventThatIsNotSigned() throws Exception {
        assertThat(send(PUSH, "sha256=" + "0".repeat(64)).statusCode()).isBetween(400, 403);
        jenkins.waitUntilNoActivity();

        assertThat(job.getLastBuild()).isNull();
    }

    @Test
    void shouldStartNothingForAUserWhoMayNotBuild() throws Exception {
        trigger("reader");

        assertThat(send(PUSH, signature(PUSH)).statusCode()).isEqualTo(HttpURLConnection.HTTP_INTERNAL_ERROR);
        jenkins.waitUntilNoActivity();
        assertThat(job.getLastBuild()).isNull();
    }

    @Test
    void shouldStillAskForACrumbBesideTheEndpoint() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + "job/flights/build"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
    }

    @Test
    void shouldCheckItsFieldsForAdministratorsOnly() throws Exception {
        for (String method : List.of("checkName", "checkJob", "checkRunAs")) {
            String path = "descriptorByName/" + RetrainingTrigger.class.getName() + "/" + method + "?value=flights";
            assertThat(post("reader", path)).as(method).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
            assertThat(post("admin", path)).as(method).isEqualTo(HttpURLConnection.HTTP_OK);
        }
    }

    @Test
    void shouldTellOthersNoCredentials() throws Exception {
        String fill = "descriptorByName/" + RetrainingTrigger.class.getName() + "/fillCredentialsIdItems";

        assertThat(answer("admin", fill).getContentAsString()).contains("\"value\":\"hook\"");
        assertThat(answer("reader", fill).getContentAsString()).contains("\"values\":[").doesNotContain("hook");
    }

    @Test
    void shouldOfferTheSendersOnPostOnly() throws Exception {
        String fill = "descriptorByName/" + RetrainingTrigger.class.getName() + "/fillSenderItems";

        assertThat(answer("reader", fill).getContentAsString()).contains("github", "mlflow");
        try (JenkinsRule.WebClient client = client("admin")) {
            assertThat(client.goTo(fill, null).getWebResponse().getStatusCode())
                    .isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        }
    }

    private int post(String user, String path) throws Exception {
        return answer(user, path).getStatusCode();
    }

    private WebResponse answer(String user, String path) throws Exception {
        try (JenkinsRule.WebClient client = client(user)) {
            WebRequest request = client.addCrumb(new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST));
            return client.getPage(request).getWebResponse();
        }
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        return jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).login(user);
    }

    private HttpResponse<String> send(String body, String signature) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(jenkins.getURL() + WebhookEndpoint.URL_NAME + "/flights-push"))
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", java.util.UUID.randomUUID().toString())
                .header("X-Hub-Signature-256", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String signature(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
