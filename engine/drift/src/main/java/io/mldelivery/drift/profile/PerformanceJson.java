package io.mldelivery.drift.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.drift.performance.Calibration;
import io.mldelivery.drift.performance.Estimate;
import io.mldelivery.drift.performance.ReferencePerformance;
import io.mldelivery.drift.policy.Metric;
import io.mldelivery.drift.policy.ModelRoles;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The model's performance on the reference as JSON and back. */
final class PerformanceJson {
    private PerformanceJson() {}

    static void write(ObjectNode node, ReferencePerformance known) {
        node.put("prediction", known.roles().prediction());
        known.roles().label().ifPresent(label -> node.put("label", label));
        node.put("metric", known.roles().metric().name())
                .put("threshold", known.roles().threshold())
                .put("value", known.estimate().value())
                .put("standardError", known.estimate().standardError())
                .put("rows", known.estimate().rows());
        known.calibration().ifPresent(calibration -> {
            add(node.putArray("scores"), calibration.scores());
            add(node.putArray("probabilities"), calibration.probabilities());
        });
    }

    private static void add(ArrayNode array, double[] numbers) {
        for (double number : numbers) {
            array.add(number);
        }
    }

    static ReferencePerformance read(JsonNode node) {
        var roles = new ModelRoles(
                node.required("prediction").asText(),
                Optional.ofNullable(node.get("label")).map(JsonNode::asText),
                Metric.valueOf(node.required("metric").asText()),
                0,
                node.required("threshold").asDouble());
        var estimate = new Estimate(
                node.required("value").asDouble(),
                node.required("standardError").asDouble(),
                node.required("rows").asLong());
        return new ReferencePerformance(
                roles,
                estimate,
                node.has("scores")
                        ? Optional.of(
                                new Calibration(numbers(node.get("scores")), numbers(node.required("probabilities"))))
                        : Optional.empty());
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
