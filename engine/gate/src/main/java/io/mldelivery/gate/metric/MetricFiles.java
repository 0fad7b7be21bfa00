package io.mldelivery.gate.metric;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mldelivery.gate.metric.MetricValue.Missing;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.stats.Moments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads metrics from files: JSON (flat or nested, or pytest-benchmark's) and JUnit's XML. */
public final class MetricFiles {
    private static final long MOST_BYTES = 50_000_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private MetricFiles() {}

    /**
     * Reads one file. Nested JSON objects give names with dots; pytest-benchmark's files give
     * {@code benchmark.<name>.<statistic>} in seconds; JUnit's give {@code tests_total}, {@code tests_failed},
     * {@code tests_skipped}, {@code tests_pass_rate} and {@code tests_seconds}.
     *
     * @param name the file as the user wrote it, for messages
     */
    public static MetricSet read(Path file, String name) {
        return parse(name, content(file, name));
    }

    /** As {@link #read}, from the file's content. */
    public static MetricSet parse(String name, byte[] content) {
        boolean xml = firstCharacter(content) == '<';
        return xml ? JUnitMetrics.parse(name, content) : json(name, content);
    }

    private static byte[] content(Path file, String name) {
        try {
            if (!Files.exists(file)) {
                throw new DeliveryException(
                        Code.DATA,
                        name + ": there is no such file",
                        "Check the path; the training writes its metrics there.");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new DeliveryException(
                        Code.DATA,
                        name + ": larger than " + MOST_BYTES + " bytes",
                        "A metrics file holds one number a metric; give rows as predictions.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.DATA,
                    name + ": cannot be read: " + e.getMessage(),
                    "Check that it is a file and readable.",
                    e);
        }
    }

    private static char firstCharacter(byte[] content) {
        for (byte b : content) {
            if (b > ' ') {
                return (char) b;
            }
        }
        return ' ';
    }

    private static MetricSet json(String name, byte[] content) {
        JsonNode root = tree(name, content);
        if (root == null || !root.isObject()) {
            throw new DeliveryException(
                    Code.DATA, name + ": expected an object of metrics", "Write {\"roc_auc\": 0.81, ...}.");
        }
        Map<String, MetricValue> values = new LinkedHashMap<>();
        Map<String, Moments> samples = new LinkedHashMap<>();
        if (root.path("benchmarks").isArray()) {
            root.get("benchmarks").forEach(benchmark -> {
                benchmark(name, benchmark, values);
                sample(benchmark, samples);
            });
        } else {
            flatten(name, "", root, values);
        }
        return MetricSet.ofValues(name, values, samples);
    }

    private static JsonNode tree(String name, byte[] content) {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
            throw new DeliveryException(
                    Code.DATA,
                    name + where + ": not valid JSON: " + e.getOriginalMessage(),
                    "Write the metrics as JSON, such as {\"roc_auc\": 0.81}.",
                    e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private static String prefix(JsonNode benchmark) {
        return "benchmark." + benchmark.path("name").asText("unnamed") + ".";
    }

    /** The rounds behind a benchmark's mean, when there are two or more. */
    private static void sample(JsonNode benchmark, Map<String, Moments> samples) {
        JsonNode stats = benchmark.path("stats");
        double spread = stats.path("stddev").asDouble(Double.NaN);
        long rounds = stats.path("rounds").asLong();
        if (rounds > 1 && Double.isFinite(spread) && stats.path("mean").isNumber()) {
            samples.put(
                    prefix(benchmark) + "mean",
                    new Moments(rounds, stats.get("mean").asDouble(), spread * spread));
        }
    }

    private static void benchmark(String source, JsonNode benchmark, Map<String, MetricValue> values) {
        String prefix = prefix(benchmark);
        benchmark.path("stats").properties().forEach(entry -> {
            if (entry.getValue().isNumber()) {
                values.put(
                        prefix + entry.getKey(),
                        MetricSet.value(source, entry.getValue().asDouble()));
            }
        });
    }

    private static void flatten(String source, String prefix, JsonNode node, Map<String, MetricValue> values) {
        node.properties().forEach(entry -> {
            String key = prefix + entry.getKey();
            if (entry.getValue().isObject()) {
                flatten(source, key + ".", entry.getValue(), values);
            } else {
                values.put(key, value(source, entry.getValue()));
            }
        });
    }

    private static MetricValue value(String source, JsonNode node) {
        if (node.isNumber()) {
            return MetricSet.value(source, node.asDouble());
        }
        return switch (node.asText()) {
            case "NaN", "nan", "Infinity", "-Infinity", "inf", "-inf" ->
                new Missing("is " + node.asText() + " in " + source);
            default -> new Missing(node.isNull() ? "is null in " + source : "is not a number in " + source);
        };
    }
}
