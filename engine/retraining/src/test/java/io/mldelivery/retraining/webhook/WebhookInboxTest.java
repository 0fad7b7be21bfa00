package io.mldelivery.retraining.webhook;

import static io.mldelivery.retraining.webhook.RecordedDeliveries.secret;
import static io.mldelivery.retraining.webhook.RecordedDeliveries.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookInboxTest {
    private static final Instant SENT = Instant.ofEpochSecond(1795252142L);

    @TempDir
    private Path folder;

    private WebhookInbox inbox() {
        return new WebhookInbox(new DeliveryMemory(folder.resolve("deliveries")), Clock.fixed(SENT, ZoneOffset.UTC));
    }

    private static Delivery gitea(int index) {
        return RecordedDeliveries.of("gitea").get(index);
    }

    private Receipt github(WebhookInbox inbox, Delivery delivery) {
        return inbox.receive(SignatureScheme.GITHUB, delivery, secret("gitea"));
    }

    @Test
    void shouldTakeAPush() {
        Receipt receipt = github(inbox(), gitea(0));

        assertThat(receipt.taken()).isTrue();
        assertThat(receipt.event())
                .isEqualTo(new WebhookEvent.Push("ci/model", "feature", "9d817a14ad38f2a8b9de15e88b40a956d89dffab"));
        assertThat(receipt.event().subject()).contains("feature");
    }

    @Test
    void shouldTakeAnAliasAndIgnoreOtherRegistryEvents() {
        WebhookInbox inbox = inbox();

        Receipt alias = inbox.receive(
                SignatureScheme.MLFLOW, RecordedDeliveries.of("mlflow").get(0), secret("mlflow"));
        Receipt tag = inbox.receive(
                SignatureScheme.MLFLOW, RecordedDeliveries.of("mlflow").get(1), secret("mlflow"));

        assertThat(alias.event()).isEqualTo(new WebhookEvent.AliasSet("wh-model", "champion", "3"));
        assertThat(alias.status()).isEqualTo(202);
        assertThat(tag.status()).isEqualTo(200);
        assertThat(tag.reason()).isEqualTo("MLflow event model_version_tag.set (starts nothing)");
    }

    @Test
    void shouldIgnoreWhatIsNoPushToABranch() {
        WebhookInbox inbox = inbox();

        assertThat(github(inbox, gitea(1)).reason()).isEqualTo("GitHub event issue_comment (starts nothing)");
        assertThat(github(inbox, gitea(2)).taken()).isFalse();
        assertThat(github(inbox, gitea(4)).taken()).isFalse();
    }

    @Test
    void shouldIgnoreTagsAndDeletedBranches() {
        for (String body : new String[] {
            "{\"ref\":\"refs/tags/v1\",\"after\":\"abc\"}",
            "{\"ref\":\"refs/heads/x\",\"after\":\"0000000000000000000000000000000000000000\"}",
            "{\"ref\":\"refs/heads/x\",\"after\":\"abc\",\"deleted\":true}",
            "{\"ref\":\"refs/heads/x\"}",
            "[]",
            "nonsense",
            ""
        }) {
            var delivery = new Delivery(Map.of("X-GitHub-Event", "push"), body.getBytes(StandardCharsets.UTF_8));

            assertThat(WebhookEvent.of(SignatureScheme.GITHUB, delivery))
                    .as(body)
                    .isInstanceOf(WebhookEvent.Other.class);
        }
    }

    @Test
    void shouldTakeADeliveryOnceEvenAfterARestart() {
        assertThat(github(inbox(), gitea(0)).taken()).isTrue();

        Receipt again = github(inbox(), gitea(0));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.reason()).startsWith("delivered before: push of 9d817a1");
    }

    @Test
    void shouldKnowARepeatedBodyUnderAnotherDeliveryId() {
        WebhookInbox inbox = inbox();
        github(inbox, gitea(0));

        assertThat(github(inbox, with(gitea(0), "X-GitHub-Delivery", "00000000-0000-0000-0000-000000000000"))
                        .taken())
                .isFalse();
    }

    @Test
    void shouldTakeADeliveryAgainThatWasGivenBack() {
        WebhookInbox inbox = inbox();
        inbox.giveBack(github(inbox, gitea(0)));

        assertThat(github(inbox(), gitea(0)).taken()).isTrue();
    }

    @Test
    void shouldRememberNothingThatIsNotGenuine() {
        WebhookInbox inbox = inbox();

        Receipt forged = inbox.receive(SignatureScheme.GITHUB, gitea(0), "wrong");

        assertThat(forged.status()).isEqualTo(401);
        assertThat(forged.reason()).isEqualTo("the signature does not fit");
        assertThat(github(inbox, gitea(0)).taken()).isTrue();
    }

    @Test
    void shouldRefuseEverythingWithoutASecret() {
        assertThat(inbox().receive(SignatureScheme.GITHUB, gitea(0), "").status())
                .isEqualTo(401);
    }

    @Test
    void shouldKeepControlCharactersOutOfTheLog() {
        var delivery =
                new Delivery(Map.of("X-GitHub-Event", "a\nFinished: SUCCESS"), "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(WebhookEvent.of(SignatureScheme.GITHUB, delivery).summary()).doesNotContain("\n");
    }
}
