package io.mldelivery.rollout.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.analysis.LatencyCounts;
import io.mldelivery.rollout.analysis.VersionCounts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The serving metrics as a Prometheus server has them. Prometheus that is dead, answers nonsense, has no series or has had no
 * new sample for a while is an error: an old or missing number is never taken for a good one.
 */
public final class PrometheusSource implements MetricSource {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI server;
    private final Optional<String> authorization;
    private final Duration oldest;
    private final Clock clock;

    /**
     * @param authorization the whole header value, such as {@code Bearer …}; empty: none
     * @param oldest samples older than this mean that Prometheus is frozen or does not reach the servers
     */
    public PrometheusSource(URI server, Optional<String> authorization, Duration oldest, Clock clock) {
        this.server = server;
        this.authorization = authorization;
        this.oldest = oldest;
        this.clock = clock;
    }

    @Override
    public VersionCounts counts(String model, String version) {
        String labels = "{model=\"" + escaped(model) + "\",version=\"" + escaped(version) + "\"}";
        refuseStale(labels, query("min(timestamp(mldelivery_requests_total" + labels + "))"));
        double requests = 0;
        double failures = 0;
        for (JsonNode series : query("sum by (code) (mldelivery_requests_total" + labels + ")")) {
            double value = value(series);
            requests += value;
            failures += series.path("metric").path("code").asText().matches("[1-3]\\d\\d") ? 0 : value;
        }
        return new VersionCounts((long) requests, (long) failures, latency(labels));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private void refuseStale(String labels, JsonNode result) {
        if (result.isEmpty()) {
            throw problem("has no series mldelivery_requests_total" + labels,
                    "Check that Prometheus scrapes the serving pods.", null);
        }
        Duration age = Duration.between(Instant.ofEpochMilli((long) (value(result.get(0)) * 1000)), clock.instant());
        if (age.compareTo(oldest) > 0) {
            throw problem("has no sample of mldelivery_requests_total" + labels + " younger than " + age.toSeconds() + " s",
                    "Check that Prometheus runs and reaches the serving pods.", null);
        }
    }

    private LatencyCounts latency(String labels) {
        var buckets = new TreeMap<Double, Long>();
        for (JsonNode series : query("sum by (le) (mldelivery_request_seconds_bucket" + labels + ")")) {
            String bound = series.path("metric").path("le").asText();
            buckets.put(bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound), (long) value(series));
        }
        Long count = buckets.remove(Double.POSITIVE_INFINITY);
        return count == null
                ? LatencyCounts.NONE
                : new LatencyCounts(new ArrayList<>(buckets.keySet()), new ArrayList<>(buckets.values()), count, 0);
    }

    private double value(JsonNode series) {
        double value = Double.parseDouble(series.path("value").path(1).asText("NaN"));
        if (Double.isNaN(value) || Double.isInfinite(value) || value < 0) {
            throw problem("answers " + value + ", which is no count", "Look at the query in Prometheus.", null);
        }
        return value;
    }

    private JsonNode query(String query) {
        URI uri = URI.create(server.toString().replaceAll("/$", "") + "/api/v1/query?query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return result(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw problem("does not answer: " + e, "Check its address and that it runs.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem("was being asked when the work was interrupted", "Run again.", e);
        }
    }

    private JsonNode result(int status, String body) throws IOException {
        if (status != 200) {
            throw problem("answers " + status + ": " + body.lines().findFirst().orElse(""), "Check address and credentials.", null);
        }
        JsonNode answer = JSON.readTree(body);
        if (!answer.path("status").asText().equals("success")) {
            throw problem("answers with an error: " + answer.path("error").asText("none given"), "Look at it in Prometheus.", null);
        }
        return answer.path("data").path("result");
    }

    private DeliveryException problem(String what, String advice, Exception cause) {
        return new DeliveryException(Code.SERVING, "Prometheus at " + server.getHost() + ":" + server.getPort() + " " + what, advice, cause);
    }
}
