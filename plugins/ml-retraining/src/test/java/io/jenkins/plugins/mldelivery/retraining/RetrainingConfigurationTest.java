package io.jenkins.plugins.mldelivery.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import hudson.model.User;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.Permissions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetrainingConfigurationTest {
    @TempDir
    private Path home;

    private final RetrainingTrigger.DescriptorImpl form = new RetrainingTrigger.DescriptorImpl();

    @BeforeEach
    void startJenkins() throws Exception {
        LocalJenkins.start(home);
    }

    @AfterEach
    void stopJenkins() {
        Permissions.use((who, what) -> true);
        LocalJenkins.stop();
    }

    @Test
    void shouldKeepTriggersOverARestart() {
        var trigger = new RetrainingTrigger("flights-alias", "MLflow", "hook", "team/flights", "retraining");
        trigger.setSubject(" champion ");
        trigger.setCoolDownMinutes(5);
        trigger.setMaxPerDay(2);
        trigger.setMaxInVain(1);
        RetrainingConfiguration.get().setTriggers(List.of(trigger));

        var loaded = new RetrainingConfiguration();
        loaded.load();

        assertThat(loaded.getTriggers()).hasSize(1);
        assertThat(loaded.getTriggers().get(0)).usingRecursiveComparison().isEqualTo(trigger);
        assertThat(loaded.find("flights-alias").orElseThrow().budget())
                .hasToString("RetrainingBudget[coolDown=PT5M, maxPerDay=2, maxInVain=1]");
        assertThat(loaded.find("other")).isEmpty();
    }

    @Test
    void shouldStartWithABudget() {
        assertThat(new RetrainingTrigger("a", "github", "hook", "flights", "retraining").budget())
                .hasToString("RetrainingBudget[coolDown=PT1H, maxPerDay=4, maxInVain=3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Flights", "a/b", "-a", "a b"})
    void shouldRefuseNamesThatAreNoPartOfAnAddress(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetrainingTrigger(name, "github", "h", "j", "u"));
        assertThat(form.doCheckName(name).kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void shouldRefuseOtherSenders() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetrainingTrigger("a", "gitlab", "h", "j", "u"))
                .withMessage("sender 'gitlab': use github, mlflow or drift");
    }

    @Test
    void shouldCheckJobAndUser() throws Exception {
        LocalJob.named("flights");
        User.getById("retraining", true);

        assertThat(form.doCheckJob("flights").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckJob("planes").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckRunAs("retraining").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckRunAs("nobody-here").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckRunAs(" ").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doFillSenderItems())
                .extracting(option -> option.value)
                .containsExactly("github", "mlflow", "drift");
    }

    @Test
    void shouldAnswerFormsToAdministratorsOnly() {
        Permissions.use((who, what) -> false);

        assertThatExceptionOfType(AccessDeniedException3.class).isThrownBy(() -> form.doCheckName("a"));
        assertThatExceptionOfType(AccessDeniedException3.class).isThrownBy(() -> form.doCheckJob("a"));
        assertThatExceptionOfType(AccessDeniedException3.class).isThrownBy(() -> form.doCheckRunAs("a"));
        assertThat(form.doFillCredentialsIdItems("hook"))
                .extracting(option -> option.value)
                .containsExactly("hook");
    }
}
