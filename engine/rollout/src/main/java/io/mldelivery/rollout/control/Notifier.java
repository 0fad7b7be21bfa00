package io.mldelivery.rollout.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.rollout.plan.Notification;
import io.mldelivery.rollout.plan.Notification.Format;
import io.mldelivery.rollout.plan.Notification.Occasion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts events to those whom the plan names. A receiver that is away is tried again twice and never holds a rollout up. */
final class Notifier {
    private static final System.Logger LOGGER = System.getLogger(Notifier.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int TRIES = 3;
    private static final int PAUSE_SECONDS = 2;

    private final List<Notification> receivers;
    private final Map<String, String> environment;

    Notifier(List<Notification> receivers, Map<String, String> environment) {
        this.receivers = receivers;
        this.environment = environment;
    }

    /** The last event of a rollout is waited for a little: the process may end with it. */
    void tell(RolloutEvent event, Journal journal) {
        for (Notification receiver : receivers) {
            if (receiver.mail().isEmpty() && wants(receiver.on(), event)) {
                address(receiver)
                        .ifPresent(url -> post(url, body(receiver.format(), event, journal), journal.isFinal()));
            }
        }
    }

    /** Who is to get the event by mail, which only Jenkins can send. */
    static List<String> mailTo(List<Notification> receivers, RolloutEvent event) {
        return receivers.stream()
                .filter(receiver -> wants(receiver.on(), event))
                .map(Notification::mail)
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean wants(Occasion occasion, RolloutEvent event) {
        String state = String.valueOf(event.data().get("state"));
        boolean step = event.type().equals("rollout.step");
        boolean end = event.type().equals("rollout.finished");
        boolean decision = step && state.equals("paused");
        boolean bad = List.of("rolling-back", "rolled-back", "failed").contains(state);
        boolean trouble = (step || end) && bad && !"PASS".equals(event.data().get("outcome"));
        return switch (occasion) {
            case ALL -> true;
            case END -> end || decision;
            case TROUBLE -> trouble || decision;
        };
    }

    private Optional<URI> address(Notification receiver) {
        Optional<String> url = receiver.url().or(() -> receiver.urlVariable().map(environment::get));
        if (url.isEmpty()) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "nobody is notified: the variable " + receiver.urlVariable().orElse("") + " is not set");
        }
        try {
            return url.map(URI::create);
        } catch (IllegalArgumentException e) {
            LOGGER.log(System.Logger.Level.WARNING, "nobody is notified: the address is none");
            return Optional.empty();
        }
    }

    private static String body(Format format, RolloutEvent event, Journal journal) {
        ObjectNode document = JSON.createObjectNode();
        String line = journal.order.target() + ": " + event.text();
        if (format == Format.SLACK) {
            return document.put("text", line).toString();
        }
        document.put("type", event.type()).put("at", event.at()).put("text", line);
        document.put("rollout", journal.id())
                .put("target", journal.order.target())
                .put("state", journal.state.label());
        document.set("data", JSON.valueToTree(event.data()));
        return document.toString();
    }

    private static void post(URI url, String body, boolean last) {
        CompletableFuture<?> sent = send(url, body, 1);
        if (!last) {
            return;
        }
        try {
            sent.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "the last notification is still being tried", e);
        }
    }

    private static CompletableFuture<?> send(URI url, String body, int attempt) {
        var request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((answer, problem) -> problem == null && answer.statusCode() < 300)
                .thenCompose(done -> done ? CompletableFuture.completedFuture(null) : again(url, body, attempt));
    }

    /** The address may be a secret: only its host is told. */
    private static CompletableFuture<?> again(URI url, String body, int attempt) {
        if (attempt >= TRIES) {
            LOGGER.log(
                    System.Logger.Level.WARNING, "a notification to " + url.getHost() + " failed " + TRIES + " times");
            return CompletableFuture.completedFuture(null);
        }
        var later = CompletableFuture.delayedExecutor((long) PAUSE_SECONDS * attempt, TimeUnit.SECONDS);
        return CompletableFuture.supplyAsync(() -> attempt + 1, later).thenCompose(next -> send(url, body, next));
    }
}
