package io.mldelivery.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.retraining.budget.RetrainingDecision;
import io.mldelivery.retraining.local.LocalTrigger;
import io.mldelivery.retraining.webhook.Delivery;
import io.mldelivery.retraining.webhook.Receipt;
import io.mldelivery.retraining.webhook.WebhookEvent;
import io.mldelivery.retraining.webhook.WebhookInbox;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The endpoint {@code /ml-delivery-webhook/NAME} without a controller; answers as the one in Jenkins does. Nothing is
 * read from an event before its signature fits.
 */
final class WebhookServer implements AutoCloseable {
    private static final String PATH = "/ml-delivery-webhook/";
    private static final int MAX_BYTES = 5 * 1024 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<LocalTrigger> triggers;
    private final WebhookInbox inbox;
    private final BiFunction<LocalTrigger, WebhookEvent, RetrainingDecision> starter;
    private final UnaryOperator<String> environment;

    private WebhookServer(
            HttpServer server,
            List<LocalTrigger> triggers,
            WebhookInbox inbox,
            BiFunction<LocalTrigger, WebhookEvent, RetrainingDecision> starter,
            UnaryOperator<String> environment) {
        this.server = server;
        this.triggers = List.copyOf(triggers);
        this.inbox = inbox;
        this.starter = starter;
        this.environment = environment;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts listening.
     *
     * @param starter starts a build, or says why not
     * @param environment where the secrets are
     */
    static WebhookServer start(
            InetSocketAddress address,
            List<LocalTrigger> triggers,
            WebhookInbox inbox,
            BiFunction<LocalTrigger, WebhookEvent, RetrainingDecision> starter,
            UnaryOperator<String> environment) {
        try {
            return new WebhookServer(HttpServer.create(address, 0), triggers, inbox, starter, environment);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot listen on " + address + ": " + e.getMessage(),
                    "Choose another --port; 0 takes a free one.",
                    e);
        }
    }

    URI address() {
        var bound = server.getAddress();
        return URI.create("http://" + bound.getHostString() + ":" + bound.getPort() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return new Answer(405, "refused", "only POST");
        }
        Optional<LocalTrigger> trigger = triggers.stream()
                .filter(each -> each.sender().isPresent())
                .filter(each -> exchange.getRequestURI().getPath().equals(PATH + each.name()))
                .findFirst();
        if (trigger.isEmpty()) {
            return new Answer(404, "refused", "no such trigger");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
        return body.length > MAX_BYTES
                ? new Answer(413, "refused", "more than " + MAX_BYTES + " bytes")
                : receive(trigger.get(), new Delivery(headers(exchange), body));
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        return headers;
    }

    private Answer receive(LocalTrigger trigger, Delivery delivery) {
        String secret = environment.apply(trigger.secretVariable().orElseThrow());
        try {
            Receipt receipt = inbox.receive(trigger.sender().orElseThrow(), delivery, secret == null ? "" : secret);
            if (receipt.taken()) {
                return start(trigger, receipt);
            }
            return receipt.status() == 200
                    ? new Answer(200, "ignored", receipt.reason())
                    : new Answer(receipt.status(), "refused", "the delivery is not accepted");
        } catch (DeliveryException e) {
            return failed(e);
        }
    }

    private Answer start(LocalTrigger trigger, Receipt receipt) {
        if (!trigger.concerns(receipt.event())) {
            return new Answer(
                    200, "ignored", "the trigger waits for " + trigger.subject().orElseThrow());
        }
        try {
            RetrainingDecision decision = starter.apply(trigger, receipt.event());
            return decision.starts()
                    ? new Answer(202, "started", decision.reason())
                    : new Answer(200, "ignored", decision.reason());
        } catch (DeliveryException e) {
            inbox.giveBack(receipt);
            return failed(e);
        }
    }

    private static Answer failed(DeliveryException problem) {
        System.err.println("mldelivery: " + problem.getMessage());
        return new Answer(500, "refused", "nothing could be started; the server's log says why");
    }

    /** What the sender is told. */
    private record Answer(int status, String outcome, String reason) {
        String json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("outcome", outcome)
                    .put("reason", reason)
                    .toString();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
