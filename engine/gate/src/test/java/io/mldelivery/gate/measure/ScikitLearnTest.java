package io.mldelivery.gate.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.Scores;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Metrics against scikit-learn's on the 200 data sets of metrics.json (written by metrics.py). */
class ScikitLearnTest {
    @Test
    void shouldAgreeWithScikitLearn() throws IOException {
        JsonNode sets;
        try (var in = getClass().getResourceAsStream("metrics.json")) {
            sets = new ObjectMapper().readTree(in);
        }
        assertThat(sets).hasSize(200);
        for (int i = 0; i < sets.size(); i++) {
            EvaluationSet set = set(sets.get(i));
            Measures measures = new Measures(set, set.candidate());
            for (var expected : sets.get(i).get("expected").properties()) {
                double value = value(measures.measure(expected.getKey()));
                double reference = expected.getValue().asDouble();
                assertThat(Math.abs(value - reference))
                        .as("%s of set %d: %s against %s", expected.getKey(), i, value, reference)
                        .isLessThanOrEqualTo(1e-12 * Math.max(1, Math.abs(reference)));
            }
        }
    }

    static double value(Measured measured) {
        assertThat(measured).isInstanceOf(Measured.Value.class);
        return ((Measured.Value) measured).estimate().value();
    }

    private static EvaluationSet set(JsonNode given) {
        double[] y = numbers(given.get("y"));
        double[] score = given.has("score") ? numbers(given.get("score")) : new double[0];
        EvaluationSet.Builder builder = switch (given.get("task").asText()) {
            case "binary" -> EvaluationSet.binary(ints(y)).candidate(Scores.of(score, cut(score)));
            case "multiclass" -> multiclass(ints(y), given.get("probabilities"));
            case "regression" -> EvaluationSet.regression(y).candidate(Scores.values(score));
            default ->
                EvaluationSet.ranking(y, ints(numbers(given.get("group")))).candidate(Scores.values(score));
        };
        return builder.weight(numbers(given.get("weight"))).build();
    }

    private static EvaluationSet.Builder multiclass(int[] y, JsonNode given) {
        double[][] probabilities = elements(given).map(ScikitLearnTest::numbers).toArray(double[][]::new);
        int[] predicted = IntStream.range(0, y.length)
                .map(i -> {
                    int best = 0;
                    for (int k = 1; k < probabilities.length; k++) {
                        best = probabilities[k][i] > probabilities[best][i] ? k : best;
                    }
                    return best;
                })
                .toArray();
        var names = IntStream.range(0, probabilities.length)
                .mapToObj(Integer::toString)
                .toList();
        return EvaluationSet.classification(y, names).candidate(Scores.probabilities(probabilities, predicted));
    }

    private static int[] cut(double[] score) {
        return IntStream.range(0, score.length)
                .map(i -> score[i] >= 0.5 ? 1 : 0)
                .toArray();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static double[] numbers(JsonNode array) {
        return elements(array).mapToDouble(JsonNode::asDouble).toArray();
    }

    private static int[] ints(double[] values) {
        return IntStream.range(0, values.length).map(i -> (int) values[i]).toArray();
    }
}
