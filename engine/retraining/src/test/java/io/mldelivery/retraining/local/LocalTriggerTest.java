package io.mldelivery.retraining.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.retraining.budget.RetrainingBudget;
import io.mldelivery.retraining.webhook.SignatureScheme;
import io.mldelivery.retraining.webhook.WebhookEvent.AliasSet;
import io.mldelivery.retraining.webhook.WebhookEvent.Push;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalTriggerTest {
    private static final String REQUIRED =
            "- {name: flights-push, sender: github, secret: HOOK, jenkinsfile: quickstart";

    private static List<LocalTrigger> parse(String yaml) {
        return LocalTrigger.parse("triggers.yaml", "triggers:\n" + yaml, Path.of("/srv"));
    }

    @Test
    void shouldReadEveryKey() {
        LocalTrigger trigger = parse("""
                - name: flights-alias
                  sender: mlflow
                  secret: MLFLOW_HOOK
                  jenkinsfile: quickstart/Jenkinsfile
                  job: flights
                  subject: champion
                  parameters: {MODEL: good, DEPTH: 3}
                  coolDown: 30m
                  maxPerDay: 2
                  maxInVain: 1
                """).get(0);

        assertThat(trigger)
                .isEqualTo(new LocalTrigger(
                        "flights-alias",
                        Optional.of(SignatureScheme.MLFLOW),
                        Optional.of("MLFLOW_HOOK"),
                        Path.of("/srv/quickstart/Jenkinsfile"),
                        Optional.of("flights"),
                        Optional.of("champion"),
                        Map.of("MODEL", "good", "DEPTH", "3"),
                        new RetrainingBudget(Duration.ofMinutes(30), 2, 1)));
    }

    @Test
    void shouldStartWithABudgetAndEverySubject() {
        LocalTrigger trigger = parse(REQUIRED + "}").get(0);

        assertThat(trigger.budget()).isEqualTo(new RetrainingBudget(Duration.ofHours(1), 4, 3));
        assertThat(trigger.concerns(new Push("a/b", "any", "c"))).isTrue();
    }

    @Test
    void shouldTakeRequestsOfDriftChecksWithoutSecretAndStopAfterTwoWithoutEffect() {
        LocalTrigger trigger = parse("- {name: drifted, sender: drift, jenkinsfile: train, subject: flights}")
                .get(0);

        assertThat(trigger.sender()).isEmpty();
        assertThat(trigger.secretVariable()).isEmpty();
        assertThat(trigger.budget()).isEqualTo(new RetrainingBudget(Duration.ofHours(1), 4, 2));
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> parse("- {name: drifted, sender: drift, secret: A, jenkinsfile: train}"))
                .withMessageContaining("a drift check signs nothing");
    }

    @Test
    void shouldKnowWhatConcernsIt() {
        LocalTrigger trigger = parse(REQUIRED + ", subject: main}").get(0);

        assertThat(trigger.concerns(new Push("a/b", "main", "c"))).isTrue();
        assertThat(trigger.concerns(new Push("a/b", "maintenance", "c"))).isFalse();
        assertThat(trigger.concerns(new AliasSet("m", "champion", "3"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ", subjekt: main}|unknown key 'subjekt'",
                ", maxPerDay: 0}|retraining budget",
                ", coolDown: soon}|expected a duration",
                "}\\n- {name: flights-push, sender: github, secret: A, jenkinsfile: b}|a second time"
            })
    void shouldSayWhatIsWrong(String rest, String problem) {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> parse(REQUIRED + rest.replace("\\n", "\n")))
                .withMessageContaining(problem);
    }

    @Test
    void shouldRefuseNamesThatAreNoPartOfAnAddress() {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> parse(REQUIRED.replace("flights-push", "../x") + "}"))
                .withMessageContaining("triggers.yaml:2:10: triggers[0].name: '../x' cannot be a part of an address");
    }
}
