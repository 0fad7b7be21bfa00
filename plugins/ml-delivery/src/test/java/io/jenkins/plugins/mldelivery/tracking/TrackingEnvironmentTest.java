package io.jenkins.plugins.mldelivery.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.EnvVars;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.mldelivery.configuration.DeliveryConfiguration;
import io.mldelivery.local.hooks.LocalCredentials;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.local.hooks.Permissions;
import io.mldelivery.model.DeliveryException;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackingEnvironmentTest {
    private static final String SERVER = "https://mlflow.example.org";

    @TempDir
    private Path home;

    private LocalRun run;

    @BeforeEach
    void startBuild() throws Exception {
        LocalJenkins.start(home);
        run = LocalJob.named("flights").newBuild();
    }

    @AfterEach
    void stopJenkins() {
        configure(null, null);
        LocalCredentials.use(List.of());
        Permissions.use((who, what) -> true);
        LocalJenkins.stop();
    }

    private static void configure(String uri, String credentials) {
        DeliveryConfiguration.get().setTrackingUri(uri);
        DeliveryConfiguration.get().setCredentialsId(credentials);
    }

    private static final class Account extends BaseStandardCredentials implements StandardUsernamePasswordCredentials {
        private static final long serialVersionUID = 1L;

        Account() {
            super(CredentialsScope.GLOBAL, "account", "");
        }

        @Override
        public String getUsername() {
            return "jenkins";
        }

        @Override
        public Secret getPassword() {
            return Secret.fromString("hunter2");
        }
    }

    private static final class Token extends BaseStandardCredentials implements StringCredentials {
        private static final long serialVersionUID = 1L;

        Token() {
            super(CredentialsScope.GLOBAL, "token", "");
        }

        @Override
        public Secret getSecret() {
            return Secret.fromString("t0ken");
        }
    }

    @Test
    void shouldBeEmptyWhenNoServerIsNamed() {
        assertThat(TrackingEnvironment.of(run, new EnvVars("PATH", "/bin"))).isEmpty();
    }

    @Test
    void shouldTakeTheStepsOwnServerWithItsOwnAccount() {
        configure(SERVER, "account");

        var own = new EnvVars("MLFLOW_TRACKING_URI", "http://127.0.0.1:5000", "MLFLOW_TRACKING_TOKEN", "mine");

        assertThat(TrackingEnvironment.of(run, own))
                .containsOnly(
                        entry("MLFLOW_TRACKING_URI", "http://127.0.0.1:5000"), entry("MLFLOW_TRACKING_TOKEN", "mine"));
    }

    @Test
    void shouldNotSendTheConfiguredCredentialsToAnotherServer() {
        LocalCredentials.use(List.of(new Account()));
        configure(SERVER, "account");

        assertThat(TrackingEnvironment.of(run, new EnvVars("MLFLOW_TRACKING_URI", "https://elsewhere.example.org")))
                .containsOnly(entry("MLFLOW_TRACKING_URI", "https://elsewhere.example.org"));
    }

    @Test
    void shouldUseTheConfiguredServerAndAccount() {
        LocalCredentials.use(List.of(new Account()));
        configure(SERVER, "account");

        assertThat(TrackingEnvironment.of(run, new EnvVars()))
                .containsOnly(
                        entry("MLFLOW_TRACKING_URI", SERVER),
                        entry("MLFLOW_TRACKING_USERNAME", "jenkins"),
                        entry("MLFLOW_TRACKING_PASSWORD", "hunter2"));
    }

    @Test
    void shouldUseAConfiguredToken() {
        LocalCredentials.use(List.of(new Token()));
        configure(SERVER, "token");

        assertThat(TrackingEnvironment.of(run, new EnvVars("MLFLOW_TRACKING_URI", SERVER)))
                .containsOnly(entry("MLFLOW_TRACKING_URI", SERVER), entry("MLFLOW_TRACKING_TOKEN", "t0ken"));
    }

    @Test
    void shouldSayWhichCredentialsAreMissing() {
        configure(SERVER, "gone");

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> TrackingEnvironment.of(run, new EnvVars()))
                .withMessageContaining("the credentials 'gone'");
    }

    @Test
    void shouldGiveBuildsTheAddressAlone() {
        LocalCredentials.use(List.of(new Account()));
        configure(SERVER, "account");
        var environment = new EnvVars();

        new TrackingUriContributor().buildEnvironmentFor(run, environment, TaskListener.NULL);

        assertThat(environment).containsOnly(entry("MLFLOW_TRACKING_URI", SERVER));
    }

    @Test
    void shouldKeepItsSettingsOverARestart() {
        configure(" " + SERVER + " ", "token");

        var loaded = new DeliveryConfiguration();
        loaded.load();

        assertThat(loaded.getTrackingUri()).isEqualTo(SERVER);
        assertThat(loaded.getCredentialsId()).isEqualTo("token");
    }

    @ParameterizedTest
    @CsvSource({
        "https://mlflow.example.org, OK",
        "'', OK",
        "http://127.0.0.1:5000, WARNING",
        "mlflow, ERROR",
        "ftp://a.example.org, ERROR",
        "https://user:pw@a.example.org, ERROR",
        "'https://a b', ERROR"
    })
    void shouldCheckTheAddress(String address, FormValidation.Kind kind) {
        assertThat(DeliveryConfiguration.get().doCheckTrackingUri(address).kind).isEqualTo(kind);
    }

    @Test
    void shouldOfferCredentialsToAdministratorsOnly() {
        LocalCredentials.use(List.of(new Token(), new Account()));

        assertThat(DeliveryConfiguration.get().doFillCredentialsIdItems(SERVER, ""))
                .hasSize(3);

        Permissions.use((who, what) -> false);
        assertThat(DeliveryConfiguration.get().doFillCredentialsIdItems(SERVER, "token"))
                .extracting(option -> option.value)
                .containsExactly("token");
    }
}
