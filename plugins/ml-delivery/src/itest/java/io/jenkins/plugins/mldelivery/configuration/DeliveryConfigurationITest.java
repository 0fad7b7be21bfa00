package io.jenkins.plugins.mldelivery.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The global configuration in a real controller: by form, as code, and for whom. */
@WithJenkins
class DeliveryConfigurationITest {
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void shouldSurviveTheForm() throws Exception {
        DeliveryConfiguration.get().setTrackingUri("https://mlflow.example.org");

        jenkins.configRoundtrip();

        assertThat(DeliveryConfiguration.get().getTrackingUri()).isEqualTo("https://mlflow.example.org");
        assertThat(DeliveryConfiguration.get().getCredentialsId()).isNull();
    }

    @Test
    void shouldLoadFromAndExportAsCode() throws Exception {
        ConfigurationAsCode.get().configure(getClass().getResource("configuration.yaml").toString());

        assertThat(DeliveryConfiguration.get().getTrackingUri()).isEqualTo("https://mlflow.example.org");
        assertThat(DeliveryConfiguration.get().getCredentialsId()).isEqualTo("mlflow");
        var exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        assertThat(exported.toString(StandardCharsets.UTF_8))
                .contains("mlDelivery:", "credentialsId: \"mlflow\"", "trackingUri: \"https://mlflow.example.org\"");
    }

    @Test
    void shouldCheckAddressesForAdministratorsOnly() throws Exception {
        secure();
        String check = "descriptorByName/" + DeliveryConfiguration.class.getName() + "/checkTrackingUri?value=ftp%3A%2F%2Fhost";

        assertThat(post("reader", check)).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        assertThat(post("admin", check)).isEqualTo(HttpURLConnection.HTTP_OK);
        try (JenkinsRule.WebClient client = client("admin")) {
            assertThat(client.goTo(check, null).getWebResponse().getStatusCode())
                    .as("GET")
                    .isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        }
    }

    @Test
    void shouldTellOthersNoCredentials() throws Exception {
        secure();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "mlflow", "", "trainer", "correct horse"));
        SystemCredentialsProvider.getInstance().save();

        assertThat(choices("admin")).contains("\"value\":\"mlflow\"").doesNotContain("correct horse");
        assertThat(choices("reader")).contains("\"values\":[").doesNotContain("\"mlflow\"", "trainer");
    }

    private String choices(String user) throws Exception {
        String fill = "descriptorByName/" + DeliveryConfiguration.class.getName() + "/fillCredentialsIdItems";
        try (JenkinsRule.WebClient client = client(user)) {
            return client.getPage(request(client, fill)).getWebResponse().getContentAsString();
        }
    }

    private void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        return jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).login(user);
    }

    private WebRequest request(JenkinsRule.WebClient client, String path) throws Exception {
        return client.addCrumb(new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST));
    }

    private int post(String user, String path) throws Exception {
        try (JenkinsRule.WebClient client = client(user)) {
            return client.getPage(request(client, path)).getWebResponse().getStatusCode();
        }
    }
}
