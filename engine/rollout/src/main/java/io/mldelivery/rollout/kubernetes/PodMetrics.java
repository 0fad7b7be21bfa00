package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.metrics.MetricSource;
import io.mldelivery.rollout.metrics.ServingMetrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Asks each pod of a version itself what it has answered: no Prometheus is needed, but the pods' network must be in reach. */
public final class PodMetrics implements MetricSource {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final Cluster cluster;
    private final String namespace;
    private final String target;
    private final int port;
    private final String path;

    /** @param path of the metrics, such as {@code /metrics} */
    public PodMetrics(Cluster cluster, String namespace, String target, int port, String path) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.target = target;
        this.port = port;
        this.path = path;
    }

    @Override
    public VersionCounts counts(String model, String version, String key) {
        List<JsonNode> pods = cluster.known(
                new ResourceName("v1", "Pod", namespace, ""),
                Template.OURS,
                Template.TARGET_LABEL + "=" + target + "," + Template.KEY_LABEL + "=" + key);
        VersionCounts all = VersionCounts.NONE;
        for (JsonNode pod : pods) {
            if (pod.path("status").path("phase").asText().equals("Running")) {
                all = all.plus(counts(pod, model));
            }
        }
        return all;
    }

    private VersionCounts counts(JsonNode pod, String model) {
        String who = "pod " + pod.path("metadata").path("name").asText();
        String address = pod.path("status").path("podIP").asText("");
        if (address.isEmpty()) {
            throw problem(who, "has no address yet", null);
        }
        URI uri = URI.create("http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port + path);
        try {
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw problem(who, "answers " + answer.statusCode() + " to " + path, null);
            }
            return ServingMetrics.read(answer.body(), model);
        } catch (IOException e) {
            throw problem(who, "does not tell its metrics at " + uri + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw problem(who, "sends no readable metrics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem(who, "was being asked when the work was interrupted", e);
        }
    }

    private static DeliveryException problem(String who, String what, Exception cause) {
        return new DeliveryException(
                Code.SERVING,
                who + " " + what,
                "Check port and path of the metrics, and that this machine reaches the pods; otherwise use Prometheus.",
                cause);
    }
}
