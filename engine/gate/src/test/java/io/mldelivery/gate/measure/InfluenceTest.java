package io.mldelivery.gate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mldelivery.gate.metric.KnownMetric;
import io.mldelivery.gate.policy.PredictionColumns.Task;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.Scores;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each metric's contributions are its derivatives with respect to the rows' weights. */
class InfluenceTest {
    private static final int ROWS = 60;
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void shouldGiveDerivativesForBinaryMetrics() {
        int[] label = IntStream.range(0, ROWS).map(i -> random.nextInt(2)).toArray();
        double[] score = IntStream.range(0, ROWS)
                .mapToDouble(i -> Math.round(10 * (0.3 * label[i] + 0.7 * random.nextDouble())) / 10.0 * 0.98 + 0.01)
                .toArray();
        EvaluationSet.Builder builder = EvaluationSet.binary(label).candidate(Scores.of(score, cut(score)));
        check(builder.build(), Task.BINARY);
    }

    @Test
    void shouldGiveDerivativesForMetricsOfSeveralClasses() {
        int[] label = IntStream.range(0, ROWS).map(i -> random.nextInt(3)).toArray();
        double[][] probabilities = new double[3][ROWS];
        int[] predicted = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k < 3; k++) {
                probabilities[k][i] = (k == label[i] ? 0.3 : 0) + 0.4 * random.nextDouble();
                predicted[i] = probabilities[k][i] > probabilities[predicted[i]][i] ? k : predicted[i];
            }
        }
        check(
                EvaluationSet.classification(label, List.of("a", "b", "c"))
                        .candidate(Scores.probabilities(probabilities, predicted))
                        .build(),
                Task.MULTICLASS);
    }

    @Test
    void shouldGiveDerivativesForMetricsOfValues() {
        double[] y = random.doubles(ROWS, 1, 9).toArray();
        double[] value =
                Arrays.stream(y).map(v -> v + random.nextDouble() - 0.4).toArray();
        check(EvaluationSet.regression(y).candidate(Scores.values(value)).build(), Task.REGRESSION);
    }

    private static int[] cut(double[] score) {
        return Arrays.stream(score).mapToInt(s -> s >= 0.5 ? 1 : 0).toArray();
    }

    private void check(EvaluationSet set, Task task) {
        double[] weights = random.doubles(ROWS, 0.5, 2).toArray();
        double total = Arrays.stream(weights).sum();
        for (KnownMetric metric : Measures.of(task)) {
            Estimate estimate = measure(set, weights, metric);
            double scale = estimate.isArea() || metric == KnownMetric.ROC_AUC ? 0.05 : 1e-6;
            for (int row = 0; row < ROWS; row += 7) {
                double step = 1e-6 * total;
                double derivative =
                        (value(set, weights, row, step, metric) - value(set, weights, row, -step, metric)) / (2 * step);
                assertThat(estimate.contributions()[row] / weights[row])
                        .as(metric + " of row " + row)
                        .isCloseTo(derivative, within(scale * Math.max(0.01, Math.abs(derivative))));
            }
        }
    }

    private static double value(EvaluationSet set, double[] weights, int row, double step, KnownMetric metric) {
        double[] changed = weights.clone();
        changed[row] += step;
        return measure(set, changed, metric).value();
    }

    private static Estimate measure(EvaluationSet set, double[] weights, KnownMetric metric) {
        EvaluationSet weighted = set.weighted(weights);
        return ((Measured.Value) new Measures(weighted, weighted.candidate()).measure(metric.key())).estimate();
    }
}
