package io.mldelivery.gate.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.gate.measure.Resampling;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.Scores;
import io.mldelivery.model.Outcome;
import io.mldelivery.stats.Bootstrap;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Candidate against champion on the same rows. */
class ComparisonTest {
    private static final Champion UNREPORTED = new Champion.Present(MetricSet.empty("the champion"));

    static GateResult judge(String yaml, EvaluationSet set) {
        return GateEvaluator.evaluate(
                GatePolicy.parse("gate.yaml", yaml),
                new GateInput(MetricSet.empty("nothing"), UNREPORTED, Optional.of(set)));
    }

    private static int[] cut(double[] score) {
        return Arrays.stream(score).mapToInt(s -> s >= 0.5 ? 1 : 0).toArray();
    }

    static EvaluationSet binary(int[] label, double[] candidate, double[] champion) {
        return EvaluationSet.binary(label)
                .candidate(Scores.of(candidate, cut(candidate)))
                .champion(Scores.of(champion, cut(champion)))
                .build();
    }

    /** Scores with a given noise over the label; the same seed gives the same rows. */
    static EvaluationSet simulated(int rows, double noiseOfCandidate, double noiseOfChampion, long seed) {
        var random = new SplittableRandom(seed);
        int[] label = IntStream.range(0, rows).map(i -> random.nextInt(2)).toArray();
        double[] shared = random.doubles(rows).toArray();
        double[] candidate = scores(label, shared, noiseOfCandidate, random);
        return binary(label, candidate, scores(label, shared, noiseOfChampion, random));
    }

    private static double[] scores(int[] label, double[] shared, double noise, SplittableRandom random) {
        return IntStream.range(0, label.length)
                .mapToDouble(i -> (0.4 * label[i] + 0.3 * shared[i] + noise * random.nextDouble()) / (0.7 + noise))
                .toArray();
    }

    @Test
    void shouldAgreeWithTheReferenceOnDeLongAndTheBootstrap() throws IOException {
        JsonNode curves;
        try (var in = ComparisonTest.class.getResourceAsStream("/io/mldelivery/gate/curves.json")) {
            curves = new ObjectMapper().readTree(in);
        }
        for (JsonNode given : curves) {
            EvaluationSet set = binary(
                    StreamSupport.stream(given.get("y").spliterator(), false)
                            .mapToInt(JsonNode::asInt)
                            .toArray(),
                    numbers(given.get("score_a")),
                    numbers(given.get("score_b")));
            RuleResult result = judge("rules: [{metric: roc_auc, kind: non-inferiority, margin: 0.01}]", set)
                    .rules()
                    .get(0);
            JsonNode expected = given.get("delong");
            assertThat(result.difference().orElseThrow())
                    .isCloseTo(expected.get("diff").asDouble(), within(1e-12));
            assertThat(result.test().orElseThrow().name()).isEqualTo("delong");
            assertThat(result.test().orElseThrow().statistic())
                    .isCloseTo(expected.get("z").asDouble(), within(1e-10));
            assertThat(result.test().orElseThrow().pValue())
                    .isCloseTo(expected.get("p_two_sided").asDouble(), within(1e-10));
            assertThat(result.interval().orElseThrow().low())
                    .isCloseTo(expected.get("ci95_diff").get(0).asDouble(), within(1e-10));
            checkBootstrap(set, given);
        }
    }

    private static void checkBootstrap(EvaluationSet set, JsonNode given) {
        int[][] rows = StreamSupport.stream(given.get("indices").spliterator(), false)
                .map(list -> StreamSupport.stream(list.spliterator(), false)
                        .mapToInt(JsonNode::asInt)
                        .toArray())
                .toArray(int[][]::new);
        double[] replicates = new Resampling(set, "roc_auc").replicates(rows);
        JsonNode expected = given.get("bootstrap_given_indices");
        assertThat(replicates).containsExactly(numbers(expected.get("diffs")), within(1e-12));
        assertThat(Bootstrap.of(replicates).percentile(0.95).high())
                .isCloseTo(expected.get("percentile_ci95_linear").get(1).asDouble(), within(1e-12));
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        // rows, candidate's noise, champion's noise, margin, outcome
        "4000, 0.5, 0.5, 0.03, PASS",
        "4000, 1.5, 0.2, 0.01, FAIL",
        "60, 0.5, 0.5, 0.01, INCONCLUSIVE",
        "20, 0.5, 0.5, 0.5, INCONCLUSIVE"
    })
    void shouldPassFailOrWaitForMoreRows(int rows, double candidate, double champion, double margin, Outcome outcome) {
        GateResult result = judge(
                "rules: [{metric: roc_auc, kind: non-inferiority, margin: " + margin + "}]",
                simulated(rows, candidate, champion, 11));
        assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
        if (outcome == Outcome.INCONCLUSIVE) {
            assertThat(result.rules().get(0).rowsNeeded().orElseThrow()).isGreaterThan(rows);
        }
    }

    @ParameterizedTest
    @CsvSource({"auto", "delong", "delta", "bootstrap"})
    void shouldDecideAlikeByEveryTestOfAreas(String test) {
        decidesAlike("roc_auc", test);
    }

    @ParameterizedTest
    @CsvSource({"auto", "mcnemar", "mcnemar-exact", "delta", "bootstrap", "paired-t", "permutation"})
    void shouldDecideAlikeByEveryTestOfAccuracy(String test) {
        decidesAlike("accuracy", test);
    }

    @ParameterizedTest
    @CsvSource({"auto", "delta", "bootstrap", "paired-t", "wilcoxon", "permutation"})
    void shouldDecideAlikeByEveryTestOfLosses(String test) {
        decidesAlike("brier", test);
    }

    private static void decidesAlike(String metric, String test) {
        String rules = "rules: [{metric: %s, kind: non-inferiority, margin: 0.02, test: %s}]".formatted(metric, test);
        GateResult better = judge(rules, simulated(3000, 0.3, 0.8, 5));
        GateResult worse = judge(rules, simulated(3000, 1.6, 0.2, 5));
        assertThat(better.outcome()).as(better.reason()).isEqualTo(Outcome.PASS);
        assertThat(worse.outcome()).as(worse.reason()).isEqualTo(Outcome.FAIL);
        RuleResult rule = better.rules().get(0);
        assertThat(rule.interval().orElseThrow().contains(rule.difference().orElseThrow()))
                .isTrue();
        assertThat(rule.decisionPValue().orElseThrow()).isLessThanOrEqualTo(0.025);
    }

    @ParameterizedTest
    @CsvSource({"accuracy, delong", "roc_auc, mcnemar", "f1, paired-t", "roc_auc, wilcoxon"})
    void shouldRefuseTestsThatDoNotFitTheMetric(String metric, String test) {
        GateResult result = judge(
                "rules: [{metric: %s, kind: superiority, test: %s}]".formatted(metric, test),
                simulated(200, 0.5, 0.5, 3));
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.reason()).contains("leave 'test:' out");
    }

    @ParameterizedTest
    @CsvSource({
        "superiority, margin: 0.001, FAIL",
        "superiority, margin: 0, PASS",
        "non-inferiority, margin: 0.001, PASS",
        "equivalence, margin: 0.001, PASS"
    })
    void shouldKnowThatTheSameModelDiffersByZero(String kind, String margin, Outcome outcome) {
        EvaluationSet set = simulated(100, 0.5, 0.5, 3);
        EvaluationSet same = EvaluationSet.binary(set.label())
                .candidate(set.candidate())
                .champion(set.candidate())
                .build();
        assertThat(judge("rules: [{metric: roc_auc, kind: " + kind + ", " + margin + "}]", same)
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void shouldNotBeSureOfPerfectScores() {
        int[] label = IntStream.range(0, 100).map(i -> i % 2).toArray();
        double[] one = Arrays.stream(label).mapToDouble(l -> l * 0.9).toArray();
        double[] other = Arrays.stream(label).mapToDouble(l -> l * 0.8).toArray();
        GateResult result =
                judge("rules: [{metric: roc_auc, kind: non-inferiority, margin: 0.01}]", binary(label, one, other));
        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void shouldNotMeasureAreasOfOneClass() {
        int[] label = new int[50];
        double[] score = IntStream.range(0, 50).mapToDouble(i -> i / 50.0).toArray();
        double[] other = IntStream.range(0, 50).mapToDouble(i -> 1 - i / 50.0).toArray();
        GateResult result =
                judge("rules: [{metric: roc_auc, kind: non-inferiority, margin: 0.01}]", binary(label, score, other));
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.reason()).contains("needs both classes, and all 50 rows are of one");
    }

    @Test
    void shouldCorrectEvidenceOfFailureForTheNumberOfDecisions() {
        EvaluationSet set = simulated(700, 0.55, 0.5, 21);
        String one = "rules:\n- {metric: roc_auc, kind: non-inferiority, margin: 0.0001}\n";
        StringBuilder many = new StringBuilder(one);
        for (int i = 0; i < 60; i++) {
            many.append("- {metric: accuracy, kind: non-inferiority, margin: 0.5, name: r")
                    .append(i)
                    .append("}\n");
        }
        RuleResult alone = judge(one, set).rules().get(0);
        RuleResult among = judge(many.toString(), set).rules().get(0);
        RuleResult uncorrected = judge(many + "multiplicity: none", set).rules().get(0);
        assertThat(alone.outcome()).as(alone.reason()).isEqualTo(Outcome.FAIL);
        assertThat(among.outcome()).as(among.reason()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(uncorrected.outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldNotDependOnTheOrderOfRows() {
        EvaluationSet set = simulated(500, 0.7, 0.5, 9);
        int[] reversed = IntStream.range(0, 500).map(i -> 499 - i).toArray();
        String rules = "rules: [{metric: roc_auc, kind: non-inferiority, margin: 0.01}, {metric: f1, min: 0.1}]";
        GateResult one = judge(rules, set);
        GateResult other = judge(rules, set.select(reversed));
        for (int i = 0; i < 2; i++) {
            assertThat(other.rules().get(i).candidate().orElseThrow())
                    .isCloseTo(one.rules().get(i).candidate().orElseThrow(), within(1e-12));
            assertThat(other.rules().get(i).outcome())
                    .isEqualTo(one.rules().get(i).outcome());
        }
    }

    @Test
    void shouldDecideSlicesAndGaps() {
        EvaluationSet set = sliced();
        GateResult each = judge("rules: [{metric: accuracy, min: 0.6, slice: carrier}]", set);
        assertThat(each.rules()).extracting(r -> r.slice().orElseThrow()).containsExactly("carrier=AA", "carrier=B6");
        assertThat(each.rules()).extracting(RuleResult::outcome).containsExactly(Outcome.PASS, Outcome.FAIL);
        assertThat(judge("rules: [{metric: accuracy, kind: gap, max: 0.1, slice: carrier}]", set)
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(judge("rules: [{metric: accuracy, kind: gap, max: 0.9, slice: carrier}]", set)
                        .outcome())
                .isEqualTo(Outcome.PASS);
        String small = "rules: [{metric: accuracy, min: 0.6, slice: {column: carrier, minRows: 5000%s}}]";
        assertThat(judge(small.formatted(""), set).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(small.formatted(", small: ignore"), set).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private static EvaluationSet sliced() {
        EvaluationSet set = simulated(2000, 0.5, 0.5, 4);
        int[] codes = IntStream.range(0, 2000).map(i -> i % 2).toArray();
        int[] predicted = IntStream.range(0, 2000)
                .map(i -> codes[i] == 0 ? set.label()[i] : (i / 2) % 2)
                .toArray();
        return EvaluationSet.binary(set.label())
                .candidate(Scores.of(set.candidate().score(), predicted))
                .champion(set.champion().orElseThrow())
                .slices(new EvaluationSet.SliceColumn("carrier", codes, java.util.List.of("AA", "B6")))
                .build();
    }
}
