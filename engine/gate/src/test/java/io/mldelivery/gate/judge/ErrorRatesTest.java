package io.mldelivery.gate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.gate.policy.Holdout;
import io.mldelivery.gate.policy.Holdout.Spending;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.EvaluationSet.SliceColumn;
import io.mldelivery.gate.predictions.Scores;
import io.mldelivery.model.Outcome;
import io.mldelivery.stats.Tails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How often gates decide wrongly: 2,000 simulated builds a line, with fixed seeds. The table of
 * docs/reference/gate-error-rates.md is what this test computes.
 */
class ErrorRatesTest {
    private static final int BUILDS = 2_000;
    private static final int USES = 20;
    private static final double NOMINAL = 0.025;
    /** Three standard errors of a share of 2.5 % in 2,000 builds. */
    private static final double CHANCE = 3 * Math.sqrt(NOMINAL * (1 - NOMINAL) / BUILDS);

    private static final String AREA = "rules: [{metric: roc_auc, kind: non-inferiority, margin: 0.03}]";
    private static final String ACCURACY = "rules: [{metric: accuracy, kind: non-inferiority, margin: 0.03}]";
    private static final String LOSS = "rules: [{metric: brier, kind: non-inferiority, margin: 0.01}]";
    private static final String SLICES = """
            rules:
            - {metric: roc_auc, kind: non-inferiority, margin: 0.001, slice: s}
            - {metric: accuracy, kind: non-inferiority, margin: 0.001, slice: s}
            """;

    /** A population: normal scores of two models around the truth, correlated. */
    private record Population(int rows, double signalOfCandidate, double signalOfChampion, int slices) {
        EvaluationSet draw(SplittableRandom random) {
            int[] label = IntStream.range(0, rows).map(i -> random.nextInt(2)).toArray();
            double[] candidate = new double[rows];
            double[] champion = new double[rows];
            for (int i = 0; i < rows; i++) {
                double shared = normal(random);
                double side = label[i] - 0.5;
                candidate[i] = signalOfCandidate * side + Math.sqrt(0.6) * shared + Math.sqrt(0.4) * normal(random);
                champion[i] = signalOfChampion * side + Math.sqrt(0.6) * shared + Math.sqrt(0.4) * normal(random);
            }
            int[] codes = IntStream.range(0, rows).map(i -> i % slices).toArray();
            List<String> names =
                    IntStream.range(0, slices).mapToObj(Integer::toString).toList();
            return EvaluationSet.binary(label)
                    .candidate(scores(candidate))
                    .champion(scores(champion))
                    .slices(new SliceColumn("s", codes, names))
                    .build();
        }

        /** The same rows and champion, and another candidate. */
        EvaluationSet another(EvaluationSet set, SplittableRandom random) {
            double[] candidate = IntStream.range(0, rows)
                    .mapToDouble(i -> signalOfCandidate * (set.label()[i] - 0.5)
                            + Math.sqrt(0.6) * shared(set, i)
                            + Math.sqrt(0.4) * normal(random))
                    .toArray();
            return EvaluationSet.binary(set.label())
                    .candidate(scores(candidate))
                    .champion(set.champion().orElseThrow())
                    .build();
        }

        /** A part of what the champion's noise on this row is, as noise of unit variance that both models share. */
        private double shared(EvaluationSet set, int row) {
            double latent = Tails.normalQuantile(set.champion().orElseThrow().score()[row]);
            return latent - signalOfChampion * (set.label()[row] - 0.5);
        }

        private static Scores scores(double[] latent) {
            double[] score = IntStream.range(0, latent.length)
                    .mapToDouble(i -> Tails.normalCdf(latent[i]))
                    .toArray();
            int[] predicted = IntStream.range(0, latent.length)
                    .map(i -> latent[i] >= 0 ? 1 : 0)
                    .toArray();
            return Scores.of(score, predicted);
        }

        private static double normal(SplittableRandom random) {
            double u = 1 - random.nextDouble();
            return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
        }
    }

    /** The signal with which the area under the curve is as given. */
    private static double signalOfArea(double area) {
        return Math.sqrt(2) * Tails.normalQuantile(area);
    }

    /** The signal with which the accuracy is as given. */
    private static double signalOfAccuracy(double accuracy) {
        return 2 * Tails.normalQuantile(accuracy);
    }

    private static Map<Outcome, Double> shares(String policy, Population population, long seed) {
        GatePolicy parsed = GatePolicy.parse("gate.yaml", policy);
        var random = new SplittableRandom(seed);
        Map<Outcome, Double> shares = new EnumMap<>(Outcome.class);
        for (int build = 0; build < BUILDS; build++) {
            var input = new GateInput(
                    MetricSet.empty("none"),
                    new Champion.Present(MetricSet.empty("none")),
                    Optional.of(population.draw(random)));
            shares.merge(GateEvaluator.evaluate(parsed, input).outcome(), 1.0 / BUILDS, Double::sum);
        }
        return shares;
    }

    private static String line(String what, Map<Outcome, Double> shares) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f %% | %.2f %% | %.2f %% |",
                what,
                100 * shares.getOrDefault(Outcome.PASS, 0.0),
                100 * shares.getOrDefault(Outcome.FAIL, 0.0),
                100 * shares.getOrDefault(Outcome.INCONCLUSIVE, 0.0));
    }

    private static String atTheMargin(String what, String policy, Population population) {
        Map<Outcome, Double> shares = shares(policy, population, 1);
        assertThat(shares.getOrDefault(Outcome.PASS, 0.0)).as(what).isLessThan(NOMINAL + CHANCE);
        assertThat(shares.getOrDefault(Outcome.FAIL, 0.0)).as(what).isLessThan(NOMINAL + CHANCE);
        return line(what, shares);
    }

    private static String asGood(String what, String policy, Population population) {
        Map<Outcome, Double> shares = shares(policy, population, 2);
        assertThat(shares.getOrDefault(Outcome.FAIL, 0.0)).as(what).isLessThan(NOMINAL + CHANCE);
        return line(what, shares);
    }

    /** The Brier score of a population, by a large sample. */
    private static double brier(double signal) {
        EvaluationSet set = new Population(100_000, signal, signal, 1).draw(new SplittableRandom(9));
        double sum = 0;
        for (int i = 0; i < set.rows(); i++) {
            double miss = set.candidate().score()[i] - set.label()[i];
            sum += miss * miss;
        }
        return sum / set.rows();
    }

    /** The signal whose Brier score is larger by the difference, by bisection. */
    private static double signalOfBrier(double champion, double difference) {
        double low = 0;
        double high = champion;
        double wanted = brier(champion) + difference;
        for (int i = 0; i < 15; i++) {
            double middle = (low + high) / 2;
            if (brier(middle) > wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    @Test
    void shouldKeepTheNominalErrorRates() throws IOException {
        double area = signalOfArea(0.80);
        double accuracy = signalOfAccuracy(0.80);
        List<String> table = List.of(
                atTheMargin(
                        "roc_auc 0.77 against 0.80, margin 0.03, 300 rows",
                        AREA,
                        new Population(300, signalOfArea(0.77), area, 1)),
                atTheMargin("the same, 2,000 rows", AREA, new Population(2000, signalOfArea(0.77), area, 1)),
                atTheMargin(
                        "accuracy 0.77 against 0.80, margin 0.03, 300 rows",
                        ACCURACY,
                        new Population(300, signalOfAccuracy(0.77), accuracy, 1)),
                atTheMargin(
                        "the same, 2,000 rows", ACCURACY, new Population(2000, signalOfAccuracy(0.77), accuracy, 1)),
                atTheMargin(
                        "brier worse by 0.01, margin 0.01, 300 rows",
                        LOSS,
                        new Population(300, signalOfBrier(area, 0.01), area, 1)),
                asGood("as good, roc_auc, margin 0.03, 300 rows", AREA, new Population(300, area, area, 1)),
                asGood("the same, 2,000 rows", AREA, new Population(2000, area, area, 1)),
                asGood(
                        "as good, roc_auc and accuracy in 10 slices of 60 rows, margin 0.001, Holm",
                        SLICES,
                        new Population(600, area, area, 10)));
        Map<Outcome, Double> uncorrected =
                shares(SLICES + "multiplicity: none", new Population(600, area, area, 10), 2);
        assertThat(uncorrected.get(Outcome.FAIL)).isGreaterThan(0.1);
        String all = String.join("\n", table) + "\n" + line("the same without correction", uncorrected);
        assertThat(Files.readString(Path.of("../../docs/reference/gate-error-rates.md")))
                .as(all)
                .contains(all);
    }

    /** Models in turn on the same rows, each worse by the margin: how often any of them passes, by spending. */
    private static Map<Spending, Double> anyPasses(Population population) {
        GatePolicy policy = GatePolicy.parse("gate.yaml", AREA);
        var random = new SplittableRandom(4);
        Map<Spending, Double> wrong = new EnumMap<>(Spending.class);
        for (int set = 0; set < BUILDS; set++) {
            EvaluationSet rows = population.draw(random);
            double[] decisions = IntStream.range(0, USES)
                    .mapToDouble(use -> decision(policy, population.another(rows, random)))
                    .toArray();
            for (Spending spending : Spending.values()) {
                Holdout holdout = new Holdout(USES, spending);
                boolean passed = IntStream.range(0, USES)
                        .anyMatch(use -> decisions[use] <= policy.alpha() / 2 * holdout.share(use + 1));
                wrong.merge(spending, passed ? 1.0 / BUILDS : 0, Double::sum);
            }
        }
        return wrong;
    }

    /** The p-value by which a model passes; more than any error rate when it does not. */
    private static double decision(GatePolicy policy, EvaluationSet rows) {
        RuleResult result = GateEvaluator.evaluate(
                        policy,
                        new GateInput(
                                MetricSet.empty("none"),
                                new Champion.Present(MetricSet.empty("none")),
                                Optional.of(rows)))
                .rules()
                .get(0);
        return result.outcome() == Outcome.PASS ? result.decisionPValue().orElseThrow() : 1;
    }

    @Test
    void shouldKeepTheErrorRateOverAllDecisionsByOneSet() throws IOException {
        Map<Spending, Double> wrong = anyPasses(new Population(300, signalOfArea(0.77), signalOfArea(0.80), 1));
        double whole = wrong.get(Spending.NONE);
        double early = wrong.get(Spending.EARLY);
        double even = wrong.get(Spending.EVEN);
        assertThat(whole).isGreaterThan(0.1);
        assertThat(early).isLessThan(NOMINAL + CHANCE);
        assertThat(even).isLessThan(NOMINAL + CHANCE);
        String table = String.format(
                Locale.ROOT,
                "| none | %.2f %% |%n| early (default) | %.2f %% |%n| even | %.2f %% |",
                100 * whole,
                100 * early,
                100 * even);
        assertThat(Files.readString(Path.of("../../docs/reference/gate-error-rates.md")))
                .as(table)
                .contains(table);
    }
}
