package io.mldelivery.drift.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.learning.BoostedTrees;
import io.mldelivery.drift.learning.ColumnCode;
import io.mldelivery.drift.performance.Calibration;
import io.mldelivery.drift.performance.ErrorModel;
import io.mldelivery.drift.performance.Estimate;
import io.mldelivery.drift.performance.ReferencePerformance;
import io.mldelivery.drift.policy.Metric;
import io.mldelivery.drift.policy.ModelRoles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
        known.errors().ifPresent(errors -> write(node.putObject("errors"), errors));
    }

    private static void write(ObjectNode node, ErrorModel errors) {
        ArrayNode inputs = node.putArray("inputs");
        for (ColumnCode code : errors.inputs()) {
            ObjectNode input = inputs.addObject()
                    .put("name", code.name())
                    .put("kind", code.kind().name());
            if (!code.words().isEmpty()) {
                code.words().forEach(input.putArray("words")::add);
            }
        }
        ArrayNode edges = node.putArray("edges");
        for (double[] column : errors.edges()) {
            add(edges.addArray(), column);
        }
        ArrayNode trees = node.putArray("trees");
        errors.trees().numbers().forEach(tree -> add(trees.addArray(), tree));
        node.put("unexplained", errors.unexplained());
    }

    private static ErrorModel errors(JsonNode node) {
        List<ColumnCode> inputs = all(node.required("inputs"))
                .map(input -> new ColumnCode(
                        input.required("name").asText(),
                        ColumnKind.valueOf(input.required("kind").asText()),
                        all(input.path("words")).map(JsonNode::asText).toList()))
                .toList();
        double[][] edges =
                all(node.required("edges")).map(PerformanceJson::numbers).toArray(double[][]::new);
        List<double[]> trees =
                all(node.required("trees")).map(PerformanceJson::numbers).toList();
        if (edges.length != inputs.size() + 1 || trees.isEmpty() || trees.get(0).length != 1) {
            throw new IllegalArgumentException("the model of the error is not whole");
        }
        return new ErrorModel(
                inputs,
                edges,
                BoostedTrees.ofRegression(trees, edges.length),
                node.required("unexplained").asDouble());
    }

    private static Stream<JsonNode> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
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
                        : Optional.empty(),
                Optional.ofNullable(node.get("errors")).map(PerformanceJson::errors));
    }

    private static double[] numbers(JsonNode array) {
        return all(array).mapToDouble(JsonNode::asDouble).toArray();
    }
}
