package io.mldelivery.retraining.webhook;

import static io.mldelivery.retraining.webhook.RecordedDeliveries.secret;
import static io.mldelivery.retraining.webhook.RecordedDeliveries.with;
import static io.mldelivery.retraining.webhook.RecordedDeliveries.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureSchemeTest {
    private static final Instant SENT = Instant.ofEpochSecond(1795252142L);
    private static final Delivery MLFLOW = RecordedDeliveries.of("mlflow").get(0);
    private static final Delivery PUSH = RecordedDeliveries.of("gitea").get(0);

    private static Optional<String> mlflow(Delivery delivery, Instant now) {
        return SignatureScheme.MLFLOW.problem(delivery, secret("mlflow"), now);
    }

    private static Optional<String> github(Delivery delivery) {
        return SignatureScheme.GITHUB.problem(delivery, secret("gitea"), SENT);
    }

    private static byte[] changed(byte[] body) {
        byte[] other = body.clone();
        other[other.length / 2] ^= 1;
        return other;
    }

    @Test
    void shouldAcceptGitHubsDocumentedExample() {
        JsonNode example = RecordedDeliveries.githubExample();
        var delivery = new Delivery(
                Map.of(example.get("header").asText(), example.get("value").asText()),
                example.get("payload").asText().getBytes(StandardCharsets.UTF_8));

        assertThat(SignatureScheme.GITHUB.problem(
                        delivery, example.get("secret").asText(), SENT))
                .isEmpty();
    }

    @Test
    void shouldAcceptEveryRecordedDelivery() {
        assertThat(RecordedDeliveries.of("gitea"))
                .hasSize(5)
                .allMatch(delivery -> github(delivery).isEmpty());
        assertThat(RecordedDeliveries.of("mlflow"))
                .hasSize(2)
                .allMatch(delivery -> mlflow(delivery, SENT).isEmpty());
    }

    @Test
    void shouldRefuseAChangedBodyOrSecret() {
        assertThat(github(new Delivery(PUSH.headers(), changed(PUSH.body())))).contains("the signature does not fit");
        assertThat(mlflow(new Delivery(MLFLOW.headers(), changed(MLFLOW.body())), SENT))
                .contains("the signature does not fit");
        assertThat(SignatureScheme.GITHUB.problem(PUSH, "other", SENT)).isPresent();
        assertThat(SignatureScheme.MLFLOW.problem(MLFLOW, "other", SENT)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256=", "sha256=zz", "sha1=41bf7e3cfbb4bb29c89801a80b50be7a4d4d6616", "x", "sha256=00"})
    void shouldRefuseOtherGitHubSignatures(String header) {
        assertThat(github(with(PUSH, "X-Hub-Signature-256", header))).isPresent();
    }

    @Test
    void shouldReadHexInEitherCase() {
        String header = PUSH.headers().get("X-Hub-Signature-256");

        assertThat(github(with(
                        PUSH,
                        "X-Hub-Signature-256",
                        "sha256=" + header.substring(7).toUpperCase(Locale.ROOT))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1,", "v1,!!", "v2,nwl2wVSqpLPHW5Ea8pqcf6qTPmZxgijOxa/CW3wPRZU=", "nwl2wVSq", "v1,AAAA"})
    void shouldRefuseOtherMlflowSignatures(String header) {
        assertThat(mlflow(with(MLFLOW, "X-MLflow-Signature", header), SENT)).contains("the signature does not fit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-MLflow-Delivery-Id", "X-MLflow-Timestamp", "X-MLflow-Signature"})
    void shouldNeedEveryMlflowHeader(String header) {
        assertThat(mlflow(without(MLFLOW, header), SENT))
                .hasValueSatisfying(p -> assertThat(p).contains("is missing"));
        assertThat(mlflow(with(MLFLOW, header, "1"), SENT)).isPresent();
    }

    @Test
    void shouldNeedTheGitHubHeader() {
        assertThat(github(without(PUSH, "X-Hub-Signature-256"))).contains("the header X-Hub-Signature-256 is missing");
    }

    @ParameterizedTest
    @CsvSource({"-301, false", "-300, true", "0, true", "300, true", "301, false"})
    void shouldAcceptSignedTimesInsideTheWindow(long seconds, boolean accepted) {
        assertThat(mlflow(MLFLOW, SENT.plusSeconds(seconds)).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void shouldSayHowFarOutsideTheWindow() {
        assertThat(mlflow(MLFLOW, SENT.plus(Duration.ofHours(1))))
                .contains("the signed time is 3600 s from this server's (limit 300 s)");
    }

    @Test
    void shouldRefuseASignedTimeThatIsNoNumber() {
        byte[] head = "id.tomorrow.".getBytes(StandardCharsets.UTF_8);
        byte[] mac = Hmac.sha256("s", head, new byte[0]);
        var delivery = new Delivery(
                Map.of(
                        "X-MLflow-Delivery-Id",
                        "id",
                        "X-MLflow-Timestamp",
                        "tomorrow",
                        "X-MLflow-Signature",
                        "v1," + Base64.getEncoder().encodeToString(mac)),
                new byte[0]);

        assertThat(SignatureScheme.MLFLOW.problem(delivery, "s", SENT))
                .contains("the time is not in seconds since 1970");
    }
}
