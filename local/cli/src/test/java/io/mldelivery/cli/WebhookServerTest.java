package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.retraining.budget.RetrainingBudget;
import io.mldelivery.retraining.budget.RetrainingDecision;
import io.mldelivery.retraining.local.LocalTrigger;
import io.mldelivery.retraining.webhook.DeliveryMemory;
import io.mldelivery.retraining.webhook.WebhookEvent;
import io.mldelivery.retraining.webhook.WebhookInbox;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookServerTest {
    private static final String SECRET = "a shared secret";
    private static final String PUSH =
            "{\"ref\":\"refs/heads/main\",\"after\":\"9d817a14\",\"repository\":{\"full_name\":\"team/flights\"}}";

    @TempDir
    private Path home;

    private final List<String> started = new ArrayList<>();
    private WebhookServer server;

    @BeforeEach
    void startServer() {
        List<LocalTrigger> triggers = LocalTrigger.parse(
                "triggers.yaml",
                "triggers: [{name: flights, sender: github, secret: HOOK, jenkinsfile: a, subject: main}]",
                home);
        server = WebhookServer.start(
                new InetSocketAddress("127.0.0.1", 0),
                triggers,
                new WebhookInbox(new DeliveryMemory(home.resolve("deliveries")), Clock.systemUTC()),
                this::start,
                Map.of("HOOK", SECRET)::get);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private RetrainingDecision start(LocalTrigger trigger, WebhookEvent event) {
        started.add(event.summary());
        return new RetrainingBudget(Duration.ZERO, 1, 1)
                .decide(List.of(), started.size() > 1, Clock.systemUTC().instant());
    }

    private HttpResponse<String> post(String path, String body, String signature) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve(path))
                .header("X-GitHub-Event", "push")
                .header("X-Hub-Signature-256", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String sign(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldStartOnASignedEventOnce() throws Exception {
        assertThat(post("/ml-delivery-webhook/flights", PUSH, sign(PUSH)).statusCode())
                .isEqualTo(202);
        assertThat(post("/ml-delivery-webhook/flights", PUSH, sign(PUSH)).body())
                .contains("delivered before");
        assertThat(started).containsExactly("push of 9d817a14 to main of team/flights");
    }

    @Test
    void shouldSayWhyAnEventStartsNothing() throws Exception {
        String other = PUSH.replace("heads/main", "heads/feature");
        String second = PUSH.replace("9d81", "aaaa");
        post("/ml-delivery-webhook/flights", PUSH, sign(PUSH));

        assertThat(post("/ml-delivery-webhook/flights", other, sign(other)).body())
                .contains("waits for main");
        assertThat(post("/ml-delivery-webhook/flights", second, sign(second)).body())
                .contains("\"ignored\"");
    }

    @Test
    void shouldRefuseWhatIsNotSignedOrNotThere() throws Exception {
        assertThat(post("/ml-delivery-webhook/flights", PUSH, "sha256=00").statusCode())
                .isEqualTo(401);
        assertThat(post("/ml-delivery-webhook/other", PUSH, sign(PUSH)).statusCode())
                .isEqualTo(404);
        assertThat(post("/ml-delivery-webhook/flights/x", PUSH, sign(PUSH)).statusCode())
                .isEqualTo(404);
        assertThat(post("/", PUSH, sign(PUSH)).statusCode()).isEqualTo(404);
        assertThat(started).isEmpty();
    }
}
