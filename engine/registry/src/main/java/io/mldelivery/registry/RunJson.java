package io.mldelivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads MLflow's JSON of a run. */
final class RunJson {
    private RunJson() {}

    static TrackedRun run(JsonNode run) {
        JsonNode info = run.path("info");
        JsonNode data = run.path("data");
        return new TrackedRun(
                info.path("run_id").asText(),
                info.path("experiment_id").asText(),
                info.path("run_name").asText(),
                RunStatus.valueOf(info.path("status").asText()),
                Instant.ofEpochMilli(info.path("start_time").asLong()),
                time(info.path("end_time")),
                texts(data.path("params")),
                metrics(data.path("metrics")),
                texts(data.path("tags")),
                info.path("artifact_uri").asText());
    }

    private static Optional<Instant> time(JsonNode millis) {
        return millis.asLong() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis.asLong()));
    }

    static Map<String, String> texts(JsonNode pairs) {
        Map<String, String> result = new LinkedHashMap<>();
        pairs.forEach(pair -> result.put(pair.path("key").asText(), pair.path("value").asText()));
        return result;
    }

    private static Map<String, Double> metrics(JsonNode pairs) {
        Map<String, Double> result = new LinkedHashMap<>();
        pairs.forEach(pair -> result.put(pair.path("key").asText(), number(pair.path("value"))));
        return result;
    }

    /** MLflow writes NaN and the infinities as text, and leaves out what it cannot say. */
    private static double number(JsonNode value) {
        return switch (value.asText()) {
            case "", "NaN", "null" -> Double.NaN;
            case "Infinity", "inf" -> Double.POSITIVE_INFINITY;
            case "-Infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> value.asDouble();
        };
    }
}
