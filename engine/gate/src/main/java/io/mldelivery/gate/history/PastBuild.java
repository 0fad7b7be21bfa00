package io.mldelivery.gate.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.evidence.EvidenceEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A build whose gate passed, as its evidence tells: its metrics and its run. */
public final class PastBuild {
    private final String name;
    private final String runId;
    private final LinkedHashMap<String, Double> metrics;

    /**
     * A build.
     *
     * @param name what messages call it, such as {@code flights #12}
     * @param runId empty when the build has no run
     */
    public PastBuild(String name, String runId, Map<String, Double> metrics) {
        this.name = name;
        this.runId = runId;
        this.metrics = new LinkedHashMap<>(metrics);
    }

    /**
     * What a build's events say; absent unless its last gate passed. Metrics are those that the gate judged and that
     * the training reported; where both name one, the gate's counts.
     */
    public static Optional<PastBuild> of(String name, List<EvidenceEvent> events) {
        Optional<JsonNode> gate = last(events, "gate.evaluated");
        if (gate.isEmpty() || !gate.get().path("outcome").asText().equals("PASS")) {
            return Optional.empty();
        }
        Optional<JsonNode> training = last(events, "training.finished");
        Map<String, Double> metrics = new LinkedHashMap<>();
        training.ifPresent(
                data -> data.path("metrics").properties().forEach(e -> put(metrics, e.getKey(), e.getValue())));
        gate.get().path("rules").forEach(rule -> {
            if (!rule.has("slice") && !rule.path("kind").asText().equals("gap")) {
                put(metrics, rule.path("metric").asText(), rule.path("candidate"));
            }
        });
        String ofGate = gate.get().path("runId").asText("");
        String run = ofGate.isEmpty() || ofGate.equals("null")
                ? training.map(data -> data.path("runId").asText("")).orElse("")
                : ofGate;
        return Optional.of(new PastBuild(name, run, metrics));
    }

    private static Optional<JsonNode> last(List<EvidenceEvent> events, String type) {
        return events.stream()
                .filter(event -> event.type().equals(type))
                .reduce((a, b) -> b)
                .map(EvidenceEvent::data);
    }

    private static void put(Map<String, Double> metrics, String name, JsonNode value) {
        if (value.isNumber()) {
            metrics.put(name, value.asDouble());
        }
    }

    /** Builds as JSON, to travel to an agent. */
    public static String toJson(List<PastBuild> builds) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (PastBuild build : builds) {
            ObjectNode node = array.addObject().put("name", build.name).put("runId", build.runId);
            ObjectNode values = node.putObject("metrics");
            build.metrics.forEach(values::put);
        }
        return array.toString();
    }

    /** The builds that {@link #toJson} wrote. */
    public static List<PastBuild> fromJson(String json) {
        try {
            List<PastBuild> builds = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(json)) {
                Map<String, Double> metrics = new LinkedHashMap<>();
                node.path("metrics").properties().forEach(e -> put(metrics, e.getKey(), e.getValue()));
                builds.add(new PastBuild(
                        node.path("name").asText(), node.path("runId").asText(), metrics));
            }
            return builds;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not written by toJson", e);
        }
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** The MLflow run; empty when there is none. */
    public String runId() {
        return runId;
    }

    /** By name. */
    public Map<String, Double> metrics() {
        return Map.copyOf(metrics);
    }
}
