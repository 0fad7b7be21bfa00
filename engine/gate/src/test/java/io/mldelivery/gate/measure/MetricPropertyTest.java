package io.mldelivery.gate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateEvaluator;
import io.mldelivery.gate.judge.GateInput;
import io.mldelivery.gate.judge.RuleResult;
import io.mldelivery.gate.metric.KnownMetric;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.gate.policy.PredictionColumns.Task;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.Scores;
import io.mldelivery.model.Outcome;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Invariance to the order of rows, to weights and scales, and monotonicity of metrics and verdicts. */
class MetricPropertyTest {
    private static final int TRIES = 60;

    private static EvaluationSet binary(long seed, int rows, int levels) {
        var random = new SplittableRandom(seed);
        int[] label =
                IntStream.range(0, rows).map(i -> i < 2 ? i : random.nextInt(2)).toArray();
        double[] one = scores(label, 0.4, levels, random);
        double[] other = scores(label, 0.3, levels, random);
        return EvaluationSet.binary(label)
                .candidate(Scores.of(one, cut(one)))
                .champion(Scores.of(other, cut(other)))
                .build();
    }

    /** Scores between 0 and 1 on a grid, so that many are tied. */
    private static double[] scores(int[] label, double signal, int levels, SplittableRandom random) {
        return Arrays.stream(label)
                .mapToDouble(l -> signal * l + (1 - signal) * random.nextDouble())
                .map(x -> Math.rint(x * levels) / levels)
                .toArray();
    }

    private static int[] cut(double[] score) {
        return Arrays.stream(score).mapToInt(s -> s >= 0.5 ? 1 : 0).toArray();
    }

    private static Map<KnownMetric, Estimate> all(EvaluationSet set) {
        Measures measures = new Measures(set, set.candidate());
        return Measures.of(set.task()).stream()
                .filter(metric -> measures.measure(metric.key()) instanceof Measured.Value)
                .collect(Collectors.toMap(
                        metric -> metric, metric -> ((Measured.Value) measures.measure(metric.key())).estimate()));
    }

    private static void same(EvaluationSet one, EvaluationSet other, boolean withErrors) {
        Map<KnownMetric, Estimate> expected = all(one);
        assertThat(all(other).keySet()).isEqualTo(expected.keySet());
        all(other).forEach((metric, estimate) -> {
            double value = expected.get(metric).value();
            assertThat(estimate.value())
                    .as(metric.key())
                    .isCloseTo(value, within(1e-12 * Math.max(1, Math.abs(value))));
            if (withErrors) {
                assertThat(estimate.standardError())
                        .as(metric.key())
                        .isCloseTo(expected.get(metric).standardError(), within(1e-10 * Math.max(1, Math.abs(value))));
            }
        });
    }

    private static int[] shuffled(int rows, long seed) {
        List<Integer> order = IntStream.range(0, rows).boxed().collect(Collectors.toList());
        Collections.shuffle(order, new Random(seed));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    @Property(tries = TRIES, seed = "1")
    void shouldNotDependOnTheOrderOfRows(
            @ForAll @LongRange(max = 1 << 30) long seed,
            @ForAll @IntRange(min = 5, max = 200) int rows,
            @ForAll @IntRange(min = 2, max = 1000) int levels) {
        EvaluationSet set = binary(seed, rows, levels);
        same(set, set.select(shuffled(rows, seed)), true);
    }

    @Property(tries = TRIES, seed = "2")
    void shouldNotDependOnTheOrderOfRowsInRegressionsAndRankings(
            @ForAll @LongRange(max = 1 << 30) long seed, @ForAll @IntRange(min = 5, max = 200) int rows) {
        var random = new SplittableRandom(seed);
        double[] y =
                IntStream.range(0, rows).mapToDouble(i -> random.nextInt(5)).toArray();
        double[] score = Arrays.stream(y)
                .map(v -> Math.rint(4 * (v + 3 * random.nextDouble())))
                .toArray();
        EvaluationSet values =
                EvaluationSet.regression(y).candidate(Scores.values(score)).build();
        same(values, values.select(shuffled(rows, seed)), true);
        int[] group = IntStream.range(0, rows).map(i -> i % 5).toArray();
        EvaluationSet ranking =
                EvaluationSet.ranking(y, group).candidate(Scores.values(score)).build();
        same(ranking, ranking.select(shuffled(rows, seed)), false);
    }

    @Property(tries = TRIES, seed = "3")
    void shouldCountAWeightOfTwoAsTwoRows(
            @ForAll @LongRange(max = 1 << 30) long seed, @ForAll @IntRange(min = 5, max = 80) int rows) {
        EvaluationSet set = binary(seed, rows, 20);
        var random = new SplittableRandom(seed);
        double[] weight =
                IntStream.range(0, rows).mapToDouble(i -> 1 + random.nextInt(3)).toArray();
        int[] repeated = IntStream.range(0, rows)
                .flatMap(i -> IntStream.generate(() -> i).limit((long) weight[i]))
                .toArray();
        same(set.weighted(weight), set.select(repeated), false);
    }

    @Property(tries = TRIES, seed = "4")
    void shouldNotDependOnTheScaleOfScoresInAreas(
            @ForAll @LongRange(max = 1 << 30) long seed, @ForAll @DoubleRange(min = 0.1, max = 9) double power) {
        EvaluationSet set = binary(seed, 120, 50);
        double[] bent = Arrays.stream(set.candidate().score())
                .map(s -> Math.pow(s, power))
                .toArray();
        EvaluationSet other = EvaluationSet.binary(set.label())
                .candidate(Scores.of(bent, cut(bent)))
                .build();
        for (KnownMetric area : List.of(KnownMetric.ROC_AUC, KnownMetric.PR_AUC)) {
            assertThat(all(other).get(area).value())
                    .isCloseTo(all(set).get(area).value(), within(1e-12));
        }
    }

    @Property(tries = TRIES, seed = "5")
    void shouldNotFallWhenAScoreMovesTheRightWay(
            @ForAll @LongRange(max = 1 << 30) long seed, @ForAll @IntRange(max = 99) int row) {
        EvaluationSet set = binary(seed, 100, 30);
        double[] better = set.candidate().score().clone();
        better[row] = set.label()[row] == 1 ? (better[row] + 1) / 2 : better[row] / 2;
        EvaluationSet other = EvaluationSet.binary(set.label())
                .candidate(Scores.of(better, cut(better)))
                .build();
        Map<KnownMetric, Estimate> before = all(set);
        Map<KnownMetric, Estimate> after = all(other);
        for (KnownMetric metric :
                List.of(KnownMetric.ROC_AUC, KnownMetric.PR_AUC, KnownMetric.ACCURACY, KnownMetric.F1)) {
            assertThat(after.get(metric).value())
                    .as(metric.key())
                    .isGreaterThanOrEqualTo(before.get(metric).value() - 1e-12);
        }
        for (KnownMetric metric : List.of(KnownMetric.LOG_LOSS, KnownMetric.BRIER)) {
            assertThat(after.get(metric).value())
                    .as(metric.key())
                    .isLessThanOrEqualTo(before.get(metric).value() + 1e-12);
        }
        assertThat(set.task()).isEqualTo(Task.BINARY);
    }

    private static RuleResult judge(EvaluationSet set, String rule) {
        var input = new GateInput(MetricSet.empty("m"), new Champion.Present(MetricSet.empty("c")), Optional.of(set));
        return GateEvaluator.evaluate(GatePolicy.parse("gate.yaml", "rules: [{" + rule + "}]"), input)
                .rules()
                .get(0);
    }

    /** A wider margin never turns PASS into anything else, nor anything else into FAIL. */
    @Property(tries = TRIES, seed = "6")
    void shouldBeMonotoneInTheMargin(
            @ForAll @LongRange(max = 1 << 30) long seed,
            @ForAll @DoubleRange(min = 0.01, max = 0.2) double margin,
            @ForAll @DoubleRange(min = 1, max = 5) double wider) {
        EvaluationSet set = binary(seed, 150, 100);
        for (String metric : List.of("roc_auc", "accuracy", "brier", "f1")) {
            String rule = "metric: " + metric + ", kind: non-inferiority, margin: ";
            Outcome narrow = judge(set, rule + margin).outcome();
            Outcome wide = judge(set, rule + margin * wider).outcome();
            assertThat(wide.compareTo(narrow))
                    .as(metric + " " + narrow + " " + wide)
                    .isLessThanOrEqualTo(0);
        }
    }

    /** A model compared with itself the other way round gives the negative difference and interval. */
    @Property(tries = TRIES, seed = "7")
    void shouldBeAntisymmetric(@ForAll @LongRange(max = 1 << 30) long seed) {
        EvaluationSet set = binary(seed, 150, 100);
        EvaluationSet swapped = EvaluationSet.binary(set.label())
                .candidate(set.champion().orElseThrow())
                .champion(set.candidate())
                .build();
        for (String metric : List.of("roc_auc", "accuracy", "brier", "f1")) {
            RuleResult one = judge(set, "metric: " + metric + ", kind: equivalence, margin: 0.05");
            RuleResult other = judge(swapped, "metric: " + metric + ", kind: equivalence, margin: 0.05");
            assertThat(other.difference().orElseThrow())
                    .isCloseTo(-one.difference().orElseThrow(), within(1e-12));
            assertThat(other.interval().orElseThrow().low())
                    .isCloseTo(-one.interval().orElseThrow().high(), within(1e-9));
            assertThat(other.outcome()).isEqualTo(one.outcome());
        }
    }
}
