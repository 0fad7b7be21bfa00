package io.mldelivery.gate.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mldelivery.gate.Gate;
import io.mldelivery.gate.GateRequest;
import io.mldelivery.gate.inference.NewcombeInference;
import io.mldelivery.gate.inference.ShiftInference;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.model.Outcome;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.Proportion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Candidate against champion on different rows. */
class UnpairedTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writePredictions() throws IOException {
        write("good.csv", 1, 3000, 0.3);
        write("as-good.csv", 2, 2500, 0.3);
        write("bad.csv", 3, 3000, 0.1);
    }

    private void write(String name, long seed, int rows, double signal) throws IOException {
        var random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder("y,score,carrier\n");
        for (int i = 0; i < rows; i++) {
            text.append(i % 2)
                    .append(',')
                    .append(signal * (i % 2) + (1 - signal) * random.nextDouble())
                    .append(',')
                    .append(i % 4 < 2 ? "AA" : "B6")
                    .append('\n');
        }
        Files.writeString(folder.resolve(name), text);
    }

    private GateResult judge(String rule, String candidate, String champion) {
        var files = new PredictionFiles(folder, candidate, Optional.of(champion));
        return Gate.judge(new GateRequest(
                "gate.yaml",
                "rules: [{" + rule + "}]\npredictions: {rows: different}",
                () -> MetricSet.empty("m"),
                () -> new Champion.Present(MetricSet.empty("c")),
                Optional.of(files),
                folder));
    }

    @ParameterizedTest
    @CsvSource({
        "accuracy, auto, two-proportion-z",
        "accuracy, two-proportion, two-proportion-z",
        "brier, auto, welch",
        "brier, mann-whitney, mann-whitney",
        "roc_auc, auto, delta-unpaired",
        "f1, delta, delta-unpaired"
    })
    void shouldCompareModelsOnDifferentRows(String metric, String test, String name) {
        String rule = "metric: " + metric + ", kind: non-inferiority, margin: 0.045, test: " + test;
        GateResult alike = judge(rule, "as-good.csv", "good.csv");
        GateResult worse = judge(rule, "bad.csv", "good.csv");
        assertThat(alike.outcome()).as(alike.reason()).isEqualTo(Outcome.PASS);
        assertThat(worse.outcome()).as(worse.reason()).isEqualTo(Outcome.FAIL);
        assertThat(alike.rules().get(0).test().orElseThrow().name()).isEqualTo(name);
    }

    @Test
    void shouldRefuseTestsOfTheSameRowsAndTheOtherWayRound() {
        assertThat(judge("metric: roc_auc, kind: superiority, test: delong", "good.csv", "bad.csv")
                        .reason())
                .contains("scored on the same rows");
        var files = new PredictionFiles(folder, "good.csv", Optional.of("good.csv"));
        assertThat(judge("metric: f1, kind: superiority, test: welch", "good.csv", "bad.csv")
                        .reason())
                .contains("means over rows");
        assertThat(files.champion()).isPresent();
    }

    @Test
    void shouldCompareSlicesOfDifferentRows() {
        GateResult result = judge(
                "metric: accuracy, kind: non-inferiority, margin: 0.08, slice: carrier", "as-good.csv", "good.csv");
        assertThat(result.rules())
                .hasSize(2)
                .allSatisfy(rule -> assertThat(rule.outcome()).isEqualTo(Outcome.PASS));
    }

    @Test
    void shouldInvertNewcombesInterval() {
        var inference = new NewcombeInference(new Proportion(80, 100), new Proportion(70, 110));
        Interval interval = inference.interval(0.95);
        assertThat(inference.pValueAbove(interval.low())).isCloseTo(0.025, within(1e-9));
        assertThat(inference.pValueBelow(interval.high())).isCloseTo(0.025, within(1e-9));
        assertThat(inference.pValueAbove(interval.high())).isCloseTo(0.975, within(1e-9));
        assertThat(inference.pValueAbove(-1)).isLessThan(1e-6);
    }

    @Test
    void shouldFindTheShiftBetweenTwoSamples() {
        var random = new SplittableRandom(8);
        double[] one = random.doubles(200).map(x -> x + 0.3).toArray();
        double[] other = random.doubles(150).toArray();
        var inference = new ShiftInference(one, other);
        Interval interval = inference.interval(0.95);
        assertThat(interval.contains(0.3)).isTrue();
        assertThat(interval.contains(inference.estimate())).isTrue();
        assertThat(inference.pValueAbove(interval.low())).isCloseTo(0.025, within(2e-3));
        assertThat(inference.standardError()).isBetween(0.01, 0.06);
    }
}
