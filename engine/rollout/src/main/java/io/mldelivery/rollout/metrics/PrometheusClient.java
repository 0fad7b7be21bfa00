package io.mldelivery.rollout.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.plan.PrometheusAccess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Asks a Prometheus server, with authentication and TLS as {@link PrometheusAccess} says. */
final class PrometheusClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** One client for each kind of TLS: connections are kept between looks. */
    private static final Map<String, HttpClient> CLIENTS = new ConcurrentHashMap<>();

    private final URI server;
    private final Optional<String> authorization;
    private final HttpClient client;

    PrometheusClient(PrometheusAccess access, Map<String, String> environment) {
        this.server = URI.create(access.url().replaceAll("/+$", ""));
        this.authorization = authorization(access, environment);
        this.client = CLIENTS.computeIfAbsent(access.authority() + "|" + access.certificate(), any -> client(access));
    }

    private static HttpClient client(PrometheusAccess access) {
        var builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2));
        if (access.authority().isPresent() || access.certificate().isPresent()) {
            builder.sslContext(PemFiles.context(access.authority(), access.certificate()));
        }
        return builder.build();
    }

    private static Optional<String> authorization(PrometheusAccess access, Map<String, String> environment) {
        if (access.tokenVariable().isPresent()) {
            return Optional.of("Bearer " + secret(access.tokenVariable().get(), environment));
        }
        return access.user()
                .map(user -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString((user + ":"
                                                + secret(
                                                        access.passwordVariable()
                                                                .orElseThrow(),
                                                        environment))
                                        .getBytes(StandardCharsets.UTF_8)));
    }

    static String secret(String variable, Map<String, String> environment) {
        String value = environment.getOrDefault(variable, "");
        if (value.isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the environment variable " + variable + " is not set where the rollout runs",
                    "Set it there, in Jenkins by withCredentials around the step.");
        }
        return value;
    }

    /** The vector that an instant query gives; a scalar counts as a vector of one. */
    JsonNode query(String query) {
        JsonNode data = get("/api/v1/query?query=" + encoded(query));
        return data.path("resultType").asText().equals("scalar")
                ? JSON.createArrayNode().add(JSON.createObjectNode().set("value", data.path("result")))
                : data.path("result");
    }

    /** The matrix that a range query gives. */
    JsonNode range(String query, Instant from, Instant to, Duration step) {
        return get("/api/v1/query_range?query=" + encoded(query) + "&start=" + from.toEpochMilli() / 1000.0 + "&end="
                        + to.toEpochMilli() / 1000.0 + "&step=" + step.toMillis() / 1000.0)
                .path("result");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode get(String path) {
        var request = HttpRequest.newBuilder(URI.create(server + path)).timeout(TIMEOUT);
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return data(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw problem("does not answer: " + e, "Check its address, its certificate and that it runs.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem("was being asked when the work was interrupted", "Run again.", e);
        }
    }

    private JsonNode data(int status, String body) throws IOException {
        if (status == 401 || status == 403) {
            throw problem(
                    "answers " + status + ": it does not accept our credentials",
                    "Check tokenVariable, or user and passwordVariable.",
                    null);
        }
        JsonNode answer = status == 200 || body.startsWith("{") ? JSON.readTree(body) : JSON.createObjectNode();
        if (status != 200) {
            throw problem(
                    "answers " + status + ": "
                            + answer.path("error")
                                    .asText(body.lines().findFirst().orElse("")),
                    "Look at the query in Prometheus.",
                    null);
        }
        if (!answer.path("status").asText().equals("success")) {
            throw problem(
                    "answers with an error: " + answer.path("error").asText("none given"),
                    "Look at it in Prometheus.",
                    null);
        }
        return answer.path("data");
    }

    DeliveryException problem(String what, String advice, Exception cause) {
        return new DeliveryException(
                Code.SERVING, "Prometheus at " + server.getHost() + ":" + server.getPort() + " " + what, advice, cause);
    }
}
