package io.mldelivery.gate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mldelivery.gate.inference.BootstrapInference;
import io.mldelivery.gate.measure.Measured.Value;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.Scores;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.Quantiles;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResamplingTest {
    private static EvaluationSet set(int rows) {
        var random = new SplittableRandom(3);
        int[] label = IntStream.range(0, rows).map(i -> random.nextInt(2)).toArray();
        double[] one = IntStream.range(0, rows)
                .mapToDouble(i -> 0.3 * label[i] + random.nextDouble())
                .toArray();
        double[] other = IntStream.range(0, rows)
                .mapToDouble(i -> one[i] + 0.5 * random.nextDouble())
                .toArray();
        return EvaluationSet.binary(label)
                .candidate(Scores.of(one, new int[rows]))
                .champion(Scores.of(other, new int[rows]))
                .build();
    }

    private static Estimate area(EvaluationSet set, Scores scores) {
        return ((Value) new Measures(set, scores).measure("roc_auc")).estimate();
    }

    private static double difference(EvaluationSet set) {
        return area(set, set.candidate()).value()
                - area(set, set.champion().orElseThrow()).value();
    }

    /**
     * Above 5,000 rows resamples are taken to first order; the same resamples, measured in full, agree to a share of
     * the interval that falls as one over the root of the rows; benchmarks/gate measures it for a million.
     */
    @Test
    void shouldMeasureLargeResamplesToFirstOrder() {
        EvaluationSet set = set(100_000);
        FirstOrder firstOrder = new Resampling(set, "roc_auc")
                .firstOrder(area(set, set.candidate()), area(set, set.champion().orElseThrow()));
        var random = new SplittableRandom(4);
        double[] full = new double[80];
        double[] first = new double[80];
        for (int r = 0; r < full.length; r++) {
            double[] counts = stratified(set.label(), random);
            full[r] = difference(set.weighted(counts));
            first[r] = firstOrder.ofCounts(counts);
        }
        double width = new Resampling(set, "roc_auc")
                .infer(area(set, set.candidate()), area(set, set.champion().orElseThrow()), 1)
                .interval(0.95)
                .width();
        for (double probability : new double[] {0.025, 0.5, 0.975}) {
            assertThat(Quantiles.linear(first, probability))
                    .isCloseTo(Quantiles.linear(full, probability), within(width / Math.sqrt(set.rows())));
        }
    }

    private static double[] stratified(int[] label, SplittableRandom random) {
        double[] counts = new double[label.length];
        for (int c = 0; c < 2; c++) {
            int stratum = c;
            int[] members = IntStream.range(0, label.length)
                    .filter(i -> label[i] == stratum)
                    .toArray();
            Arrays.stream(members).forEach(i -> counts[members[random.nextInt(members.length)]]++);
        }
        return counts;
    }

    @Test
    void shouldAgreeWithDeLongAboveAndBelowTheLimitOfFullMeasuring() {
        for (int rows : new int[] {2_000, 8_000}) {
            EvaluationSet set = set(rows);
            Estimate one = area(set, set.candidate());
            Estimate other = area(set, set.champion().orElseThrow());
            BootstrapInference bootstrap = new Resampling(set, "roc_auc").infer(one, other, 7);
            double error = one.standardErrorOfDifference(other);
            assertThat(bootstrap.standardError() / error).isBetween(0.93, 1.07);
            Interval interval = bootstrap.interval(0.95);
            assertThat(interval.low()).isCloseTo(difference(set) - 1.96 * error, within(0.2 * error));
            assertThat(bootstrap.pValueAbove(interval.low())).isCloseTo(0.025, within(1e-3));
            assertThat(bootstrap.pValueBelow(interval.high())).isCloseTo(0.025, within(1e-3));
        }
    }

    @Test
    void shouldRepeatItselfWithTheSameSeed() {
        EvaluationSet set = set(500);
        Estimate one = area(set, set.candidate());
        Estimate other = area(set, set.champion().orElseThrow());
        var resampling = new Resampling(set, "roc_auc");
        assertThat(resampling.infer(one, other, 7).interval(0.95))
                .isEqualTo(resampling.infer(one, other, 7).interval(0.95));
        assertThat(resampling.infer(one, other, 8).interval(0.95))
                .isNotEqualTo(resampling.infer(one, other, 7).interval(0.95));
    }

    @Test
    void shouldDrawPoissonCounts() {
        var random = new SplittableRandom(5);
        for (double mean : new double[] {0.5, 3, 9.9, 10, 40, 1000, 1e6}) {
            double[] draws = IntStream.range(0, 20_000)
                    .mapToDouble(i -> Poisson.next(mean, random))
                    .toArray();
            double average = Arrays.stream(draws).average().orElseThrow();
            double variance =
                    Arrays.stream(draws).map(d -> (d - average) * (d - average)).sum() / draws.length;
            assertThat(average).isCloseTo(mean, within(5 * Math.sqrt(mean / draws.length)));
            assertThat(variance / mean).isBetween(0.94, 1.06);
        }
    }
}
