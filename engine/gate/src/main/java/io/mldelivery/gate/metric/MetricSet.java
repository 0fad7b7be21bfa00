package io.mldelivery.gate.metric;

import io.mldelivery.config.Nearest;
import io.mldelivery.gate.metric.MetricValue.Missing;
import io.mldelivery.gate.metric.MetricValue.Present;
import io.mldelivery.stats.Moments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Metrics that somebody reported: a metrics.json, an MLflow run, a JUnit report, a pytest-benchmark file. Immutable.
 */
public final class MetricSet {
    private final String source;
    private final Map<String, MetricValue> values;
    private final Map<String, Moments> samples;

    private MetricSet(String source, Map<String, MetricValue> values, Map<String, Moments> samples) {
        this.source = source;
        this.values = values;
        this.samples = samples;
    }

    /** No metrics. */
    public static MetricSet empty(String source) {
        return new MetricSet(source, Map.of(), Map.of());
    }

    /**
     * The metrics of a run; NaN and infinite ones are missing.
     *
     * @param source what messages call it, such as {@code build/metrics.json} or {@code run 3f2a}
     */
    public static MetricSet of(String source, Map<String, Double> numbers) {
        Map<String, MetricValue> values = new LinkedHashMap<>();
        numbers.forEach((name, number) -> values.put(name, value(source, number)));
        return new MetricSet(source, values, Map.of());
    }

    /** @param samples of metrics that are means of several measurements */
    static MetricSet ofValues(String source, Map<String, MetricValue> values, Map<String, Moments> samples) {
        return new MetricSet(source, new LinkedHashMap<>(values), Map.copyOf(samples));
    }

    /** The measurements of which the metric is the mean, where they were reported; at least two. */
    public Optional<Moments> sample(String name) {
        return Optional.ofNullable(samples.get(name));
    }

    static MetricValue value(String source, double number) {
        return Double.isFinite(number) ? new Present(number) : new Missing("is " + number + " in " + source);
    }

    /** These metrics and, where this set has none of the name, the other's. */
    public MetricSet orElse(MetricSet other) {
        Map<String, MetricValue> all = new LinkedHashMap<>(other.values);
        all.putAll(values);
        Map<String, Moments> allSamples = new LinkedHashMap<>(other.samples);
        allSamples.keySet().removeAll(values.keySet());
        allSamples.putAll(samples);
        return new MetricSet(values.isEmpty() ? other.source : source, all, allSamples);
    }

    /** The metric's value; missing when there is none of this name. */
    public MetricValue get(String name) {
        MetricValue value = values.get(name);
        return value != null ? value : new Missing(absent(name));
    }

    private String absent(String name) {
        if (values.isEmpty()) {
            return "is not in " + source + ", which holds no metrics";
        }
        List<String> near = Nearest.to(name, values.keySet());
        return "is not in " + source
                + (near.isEmpty()
                        ? " (it has "
                                + String.join(
                                        ", ", values.keySet().stream().limit(10).toList()) + ")"
                        : " (did you mean " + String.join(" or ", near) + "?)");
    }

    /** Whether there is a metric of this name, be it missing for another reason. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The names, in the source's order. */
    public Set<String> names() {
        return Set.copyOf(values.keySet());
    }

    /** What messages call the source. */
    public String source() {
        return source;
    }
}
