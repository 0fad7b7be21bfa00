package io.mldelivery.rollout.metrics;

import io.mldelivery.rollout.analysis.LatencyCounts;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.metrics.PrometheusText.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a serving process counted: {@code mldelivery_requests_total} by status and the histogram
 * {@code mldelivery_request_seconds}, what it predicted and how often that was right. A status of 400 or more is a failure; as both versions get the same requests, a bad
 * client weighs on both alike.
 */
public final class ServingMetrics {
    private static final String REQUESTS = "mldelivery_requests_total";
    private static final String CLASSES = "mldelivery_predicted_classes_total";
    private static final String FEEDBACK = "mldelivery_feedback_total";
    private static final String SECONDS = "mldelivery_request_seconds";

    private ServingMetrics() {}

    /**
     * Adds up all series of one model; a process that has not answered a request yet has none, which counts as 0.
     *
     * @throws IllegalArgumentException when the text is not in Prometheus' format
     */
    public static VersionCounts read(String exposition, String model) {
        List<Sample> samples = PrometheusText.parse(exposition).stream()
                .filter(sample -> model.equals(sample.labels().get("model")))
                .toList();
        double requests = sum(samples, sample -> true);
        double failures = sum(samples, sample -> isFailure(sample.labels().getOrDefault("code", "")));
        return new VersionCounts(
                (long) requests,
                (long) failures,
                latency(samples),
                classes(samples),
                labelled(samples, "true") + labelled(samples, "false"),
                labelled(samples, "false"));
    }

    private static Map<String, Long> classes(List<Sample> samples) {
        Map<String, Long> classes = new LinkedHashMap<>();
        samples.stream()
                .filter(sample -> sample.name().equals(CLASSES))
                .forEach(sample ->
                        classes.merge(sample.labels().getOrDefault("class", ""), (long) sample.value(), Long::sum));
        return classes;
    }

    private static long labelled(List<Sample> samples, String correct) {
        return (long) samples.stream()
                .filter(sample -> sample.name().equals(FEEDBACK)
                        && correct.equals(sample.labels().get("correct")))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static double sum(List<Sample> samples, java.util.function.Predicate<Sample> wanted) {
        return samples.stream()
                .filter(sample -> sample.name().equals(REQUESTS))
                .filter(wanted)
                .mapToDouble(Sample::value)
                .sum();
    }

    private static boolean isFailure(String code) {
        return !code.matches("[1-3]\\d\\d");
    }

    private static LatencyCounts latency(List<Sample> samples) {
        var buckets = new TreeMap<Double, Long>();
        long count = 0;
        double sum = 0;
        for (Sample sample : samples) {
            switch (sample.name()) {
                case SECONDS + "_bucket" -> buckets.merge(bound(sample), (long) sample.value(), Long::sum);
                case SECONDS + "_count" -> count += (long) sample.value();
                case SECONDS + "_sum" -> sum += sample.value();
                default -> {}
            }
        }
        buckets.remove(Double.POSITIVE_INFINITY);
        return new LatencyCounts(new ArrayList<>(buckets.keySet()), new ArrayList<>(buckets.values()), count, sum);
    }

    private static double bound(Sample sample) {
        String bound = sample.labels().getOrDefault("le", "+Inf");
        return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
    }
}
