package io.mldelivery.rollout.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.rollout.analysis.LatencyCounts;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.plan.PrometheusAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The serving metrics as a Prometheus server has them. Prometheus that is dead, answers nonsense, has no series or has had no
 * new sample for a while is an error: an old or missing number is never taken for a good one.
 */
public final class PrometheusSource implements MetricSource {
    private final PrometheusClient client;
    private final SeriesNames names;
    private final Duration oldest;
    private final Clock clock;

    /**
     * @param environment holds the secrets that {@code access} names
     * @param names what the server that is measured calls its series
     * @param oldest samples older than this mean that Prometheus is frozen or does not reach the servers
     */
    public PrometheusSource(
            PrometheusAccess access, Map<String, String> environment, SeriesNames names, Duration oldest, Clock clock) {
        this.client = new PrometheusClient(access, environment);
        this.names = names;
        this.oldest = oldest;
        this.clock = clock;
    }

    @Override
    public VersionCounts counts(String model, String version, String key) {
        String requests = names.requests(model, version);
        String first = names.first(model, version);
        refuseStale(first, client.query(names.age(model, version)));
        double all = 0;
        double failures = 0;
        for (JsonNode series : client.query("sum by (" + names.codeLabel() + ") (" + requests + ")")) {
            double value = value(series);
            all += value;
            failures += names.isSuccess(
                            series.path("metric").path(names.codeLabel()).asText())
                    ? 0
                    : value;
        }
        return new VersionCounts(
                (long) all,
                (long) failures,
                latency(model, version),
                classes(model, version),
                labelled(model, version, ".+"),
                labelled(model, version, "false"));
    }

    private void refuseStale(String series, JsonNode result) {
        if (result.isEmpty()) {
            throw client.problem("has no series " + series, "Check that Prometheus scrapes the serving pods.", null);
        }
        Duration age = Duration.between(Instant.ofEpochMilli((long) (value(result.get(0)) * 1000)), clock.instant());
        if (age.compareTo(oldest) > 0) {
            throw client.problem(
                    "has no sample of " + series + " younger than " + age.toSeconds() + " s",
                    "Check that Prometheus runs and reaches the serving pods.",
                    null);
        }
        if (age.compareTo(oldest.negated()) < 0) {
            throw client.problem(
                    "has a sample of " + series + " from " + age.negated().toSeconds() + " s in the future",
                    "Set the clocks of Prometheus and of this machine right.",
                    null);
        }
    }

    private LatencyCounts latency(String model, String version) {
        if (names.seconds().isEmpty()) {
            return LatencyCounts.NONE;
        }
        var buckets = new TreeMap<Double, Long>();
        for (JsonNode series : client.query("sum by (le) (" + names.histogram(model, version, "_bucket") + ")")) {
            String bound = series.path("metric").path("le").asText();
            buckets.put(
                    bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound) * names.unit(),
                    (long) value(series));
        }
        Long count = buckets.remove(Double.POSITIVE_INFINITY);
        return count == null
                ? LatencyCounts.NONE
                : new LatencyCounts(
                        new ArrayList<>(buckets.keySet()),
                        new ArrayList<>(buckets.values()),
                        count,
                        total("sum(" + names.histogram(model, version, "_sum") + ")") * names.unit());
    }

    private double total(String query) {
        JsonNode result = client.query(query);
        return result.isEmpty() ? 0 : value(result.get(0));
    }

    private Map<String, Long> classes(String model, String version) {
        Map<String, Long> classes = new LinkedHashMap<>();
        if (names.tellsPredictions()) {
            client.query("sum by (class) (mldelivery_predicted_classes_total" + names.labels(model, version) + ")")
                    .forEach(series ->
                            classes.put(series.path("metric").path("class").asText(), (long) value(series)));
        }
        return classes;
    }

    private long labelled(String model, String version, String correct) {
        String labels =
                names.labels(model, version).replace("}", ",correct=~\"" + correct.replace(".+", "true|false") + "\"}");
        return names.tellsPredictions() ? (long) total("sum(mldelivery_feedback_total" + labels + ")") : 0;
    }

    private double value(JsonNode series) {
        double value = Double.parseDouble(series.path("value").path(1).asText("NaN"));
        if (Double.isNaN(value) || Double.isInfinite(value) || value < 0) {
            throw client.problem("answers " + value + ", which is no count", "Look at the query in Prometheus.", null);
        }
        return value;
    }
}
