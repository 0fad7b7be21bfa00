package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.server.MlflowServer;
import io.mldelivery.retraining.budget.RetrainingBudget;
import io.mldelivery.retraining.budget.RetrainingDecision;
import io.mldelivery.retraining.local.LocalTrigger;
import io.mldelivery.retraining.webhook.DeliveryMemory;
import io.mldelivery.retraining.webhook.WebhookEvent;
import io.mldelivery.retraining.webhook.WebhookEvent.AliasSet;
import io.mldelivery.retraining.webhook.WebhookInbox;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MLflow server sends its own signed events to the endpoint. */
class MlflowWebhookTest {
    private static final String SECRET = "a shared secret";
    private static final Map<String, String> TO_LOOPBACK =
            Map.of("MLFLOW_WEBHOOK_ALLOWED_SCHEMES", "http", "MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS", "true");

    @TempDir
    private Path home;

    private final BlockingQueue<WebhookEvent> events = new LinkedBlockingQueue<>();

    private WebhookServer endpoint() {
        List<LocalTrigger> triggers = LocalTrigger.parse(
                "triggers.yaml",
                "triggers: [{name: alias, sender: mlflow, secret: HOOK, jenkinsfile: a, subject: champion}]",
                home);
        return WebhookServer.start(
                new InetSocketAddress("127.0.0.1", 0),
                triggers,
                new WebhookInbox(new DeliveryMemory(home.resolve("deliveries")), Clock.systemUTC()),
                this::start,
                Map.of("HOOK", SECRET)::get);
    }

    private RetrainingDecision start(LocalTrigger trigger, WebhookEvent event) {
        events.add(event);
        return new RetrainingBudget(Duration.ZERO, 1, 1).decide(List.of(), false, Instant.now());
    }

    private MlflowServer mlflow() throws InterruptedException {
        try {
            Path cache = PythonEnvironments.defaultCache(System.getenv());
            return MlflowServer.start(home, cache, TO_LOOPBACK, System.out::println);
        } catch (DeliveryException e) {
            if (e.code() == Code.ENVIRONMENT && !"true".equals(System.getenv("CI"))) {
                Assumptions.abort("no MLflow server here: " + e.what());
            }
            throw e;
        }
    }

    private static void subscribe(URI mlflow, URI endpoint) throws Exception {
        String webhook = """
                {"name": "retrain", "url": "%sml-delivery-webhook/alias", "secret": "%s",
                 "events": [{"entity": "MODEL_VERSION_ALIAS", "action": "CREATED"}]}
                """.formatted(endpoint, SECRET);
        HttpRequest request = HttpRequest.newBuilder(mlflow.resolve("/api/2.0/mlflow/webhooks"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(webhook))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void shouldTakeWhatMlflowSends() throws Exception {
        try (MlflowServer server = mlflow();
                Mlflow mlflow = Mlflow.connect(server.uri(), Map.of());
                WebhookServer endpoint = endpoint()) {
            subscribe(server.uri(), endpoint.address());
            var run = mlflow.tracking().start(mlflow.tracking().experiment("flights"), "one", Map.of(), Instant.now());
            mlflow.models().create("late-flights", run.runId(), run.artifactUri() + "/model", Map.of());
            mlflow.models().setAlias("late-flights", "challenger", "1");
            mlflow.models().setAlias("late-flights", "champion", "1");

            assertThat(events.poll(60, TimeUnit.SECONDS)).isEqualTo(new AliasSet("late-flights", "champion", "1"));
        }
        assertThat(events).as("the challenger does not concern the trigger").isEmpty();
    }
}
