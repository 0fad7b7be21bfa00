package io.mldelivery.drift.report;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends {@link DriftMetrics} to a Prometheus Pushgateway, over those that it has of the same group. */
public final class MetricsPush {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private MetricsPush() {}

    /** {@code group} is the whole address, such as {@code http://host:9091/metrics/job/drift/model/late-flights}. */
    public static void send(URI group, String metrics) {
        HttpRequest request = HttpRequest.newBuilder(group)
                .timeout(PATIENCE)
                .header("Content-Type", "text/plain; version=0.0.4")
                .PUT(HttpRequest.BodyPublishers.ofString(metrics))
                .build();
        try {
            HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw failed(group, "answered " + status, null);
            }
        } catch (IOException e) {
            throw failed(group, "does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(group, "was not waited for", e);
        }
    }

    private static DeliveryException failed(URI group, String problem, Exception cause) {
        return new DeliveryException(
                Code.ENVIRONMENT,
                "the Pushgateway " + group.getScheme() + "://" + group.getHost() + ":" + group.getPort() + " "
                        + problem,
                "Check the address; it ends in /metrics/job/<name>.",
                cause);
    }
}
