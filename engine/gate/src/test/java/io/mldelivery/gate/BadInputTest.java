package io.mldelivery.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.policy.PredictionColumns;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.gate.predictions.PredictionReader;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gate makes of predictions that are strange: never PASS for what was not measured, always a reason. */
class BadInputTest {
    private static final String AREA = "rules: [{metric: roc_auc, min: 0.5}]";
    private static final String INTERVAL = "rules: [{metric: accuracy, min: 0.1, decide: interval}]";
    private static final String COMPARISON = "rules: [{metric: roc_auc, kind: non-inferiority, margin: 0.05}]";

    @TempDir
    private Path folder;

    private void write(String name, String head, int rows, IntFunction<String> row) throws IOException {
        StringBuilder text = new StringBuilder(head + "\n");
        for (int i = 0; i < rows; i++) {
            text.append(row.apply(i)).append('\n');
        }
        Files.writeString(folder.resolve(name), text);
    }

    private GateResult judge(String policy, String champion) {
        var files = new PredictionFiles(folder, "p.csv", Optional.ofNullable(champion));
        return Gate.judge(new GateRequest(
                "gate.yaml",
                policy,
                () -> MetricSet.empty("metrics.json"),
                () -> champion == null
                        ? new Champion.Absent("none")
                        : new Champion.Present(MetricSet.empty("champion")),
                Optional.of(files),
                folder));
    }

    @Test
    void shouldMeasureConstantScoresAndNotBeSureOfThem() throws IOException {
        write("p.csv", "id,y,score", 200, i -> i + "," + i % 2 + ",0.5");
        write("c.csv", "id,y,score", 200, i -> i + "," + i % 2 + "," + (i % 10) / 10.0);
        GateResult area = judge(AREA, null);
        assertThat(area.rules().get(0).candidate().orElseThrow()).isEqualTo(0.5);
        assertThat(judge("rules: [{metric: roc_auc, min: 0.4, decide: interval}]", null)
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge("rules: [{metric: roc_auc, kind: superiority}]", "c.csv")
                        .outcome())
                .isNotEqualTo(Outcome.PASS);
    }

    @Test
    void shouldRefuseToMeasureOneClass() throws IOException {
        write("p.csv", "id,y,score", 100, i -> i + ",1," + i / 100.0);
        GateResult result = judge(AREA, null);
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.reason()).contains("needs both classes, and all 100 rows are of one");
        assertThat(judge("rules: [{metric: accuracy, min: 0.1}]", null).outcome())
                .isEqualTo(Outcome.PASS);
    }

    @ParameterizedTest
    @CsvSource({"nan", "inf", "-inf", "''"})
    void shouldRefuseScoresThatAreNoNumbers(String score) throws IOException {
        write("p.csv", "id,y,score", 100, i -> i + "," + i % 2 + "," + (i == 17 ? score : "0.5"));
        GateResult result = judge(AREA, null);
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.reason()).contains("'score' is missing, NaN or infinite in 1 of 100 rows");
    }

    @Test
    void shouldCountDuplicateAndUnmatchedIdsWithExamples() throws IOException {
        write("p.csv", "id,y,score", 100, i -> i / 2 + "," + i % 2 + ",0.5");
        assertThat(judge(AREA, null).reason()).contains("50 ids stand more than once", "such as 0, 1, 10");
        write("p.csv", "id,y,score", 100, i -> i + "," + i % 2 + ",0.5");
        write("c.csv", "id,y,score", 100, i -> i + 60 + "," + i % 2 + ",0.5");
        assertThat(judge(COMPARISON, "c.csv").reason())
                .contains("60 (0, 1, 10, …) only here", "60 (100, 101, 102, …) only there");
    }

    @Test
    void shouldRefuseNegativeWeights() throws IOException {
        write("p.csv", "id,y,score,weight", 100, i -> i + "," + i % 2 + ",0.5," + (i < 3 ? -1 : 1));
        assertThat(judge(AREA, null).reason()).contains("'weight' is negative in 3 rows");
    }

    @Test
    void shouldNotDecideByEmptySlicesOrByOneRow() throws IOException {
        write("p.csv", "id,y,score,carrier", 100, i -> i + "," + i % 2 + ",0.5," + (i == 0 ? "B6" : "AA"));
        GateResult empty = judge("rules: [{metric: accuracy, min: 0.1, slice: {where: carrier = 'XX'}}]", null);
        assertThat(empty.outcome()).as(empty.reason()).isEqualTo(Outcome.INCONCLUSIVE);
        GateResult single = judge("rules: [{metric: accuracy, min: 0.1, slice: carrier}]", null);
        assertThat(single.rules()).extracting(rule -> rule.outcome()).contains(Outcome.INCONCLUSIVE);
        write("p.csv", "id,y,score", 1, i -> "1,1,0.9");
        write("c.csv", "id,y,score", 1, i -> "1,1,0.8");
        assertThat(judge(INTERVAL, null).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge("rules: [{metric: accuracy, kind: non-inferiority, margin: 0.5}]", "c.csv")
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(AREA, null).outcome()).isEqualTo(Outcome.ERROR);
        write("p.csv", "id,y,score", 0, i -> "");
        assertThat(judge(AREA, null).reason()).contains("there is no row");
    }

    @ParameterizedTest
    @CsvSource({"true, false", "yes, no", "1.0, 0.0", "positive, negative"})
    void shouldReadLabelsAsTextAndTruth(String positive, String negative) throws IOException {
        write(
                "p.csv",
                "id,y,score",
                100,
                i -> i + "," + (i % 2 == 1 ? positive : negative) + "," + (0.2 + 0.5 * (i % 2)));
        assertThat(judge(AREA, null).rules().get(0).candidate().orElseThrow()).isEqualTo(1);
    }

    @Test
    void shouldAskWhichLabelIsPositive() throws IOException {
        write(
                "p.csv",
                "id,y,score",
                100,
                i -> i + "," + (i % 2 == 1 ? "late" : "ontime") + "," + (0.2 + 0.5 * (i % 2)));
        assertThat(judge(AREA, null).reason()).contains("which label is the positive one?");
        assertThat(judge(AREA + "\npredictions: {positive: late}", null).outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldNameTheNearestOfUnknownMetrics() throws IOException {
        write("p.csv", "id,y,score", 100, i -> i + "," + i % 2 + "," + (0.2 + 0.5 * (i % 2)));
        GateResult result =
                judge("rules: [{metric: roc_acu, kind: non-inferiority, margin: 0.1, better: higher}]", "p.csv");
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.reason()).contains("did you mean roc_auc");
    }

    /** 1e8 rows are refused before they are read; the table says so without being large. */
    @Test
    void shouldRefuseAHundredMillionRowsAtOnce() {
        var many = new PredictionFiles(folder, "many.parquet", Optional.empty());
        ParquetRows.write(folder.resolve("many.parquet"), 100_000_000);
        GateResult result = Gate.judge(new GateRequest(
                "gate.yaml",
                AREA,
                () -> MetricSet.empty("m"),
                () -> new Champion.Absent("none"),
                Optional.of(many),
                folder));
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.reason())
                .contains("there are 100000000 rows, more than 50000000")
                .contains("random sample");
    }

    @Test
    void shouldNotDependOnTheOrderOfTheFiles() throws IOException {
        write("p.csv", "id,y,score", 300, i -> i + "," + i % 2 + "," + (i * 37 % 100) / 100.0);
        write("c.csv", "id,y,score", 300, i -> 299 - i + "," + (299 - i) % 2 + "," + ((299 - i) * 53 % 100) / 100.0);
        GateResult one = judge(COMPARISON, "c.csv");
        write("p.csv", "id,y,score", 300, i -> 299 - i + "," + (299 - i) % 2 + "," + ((299 - i) * 37 % 100) / 100.0);
        GateResult other = judge(COMPARISON, "c.csv");
        assertThat(other.rules())
                .isEqualTo(one.rules().stream().map(rule -> rule).toList());
        EvaluationSet set = PredictionReader.read(
                new PredictionFiles(folder, "p.csv", Optional.empty()),
                PredictionColumns.standard(),
                Optional.empty(),
                List.of());
        EvaluationSet again = PredictionReader.read(
                new PredictionFiles(folder, "c.csv", Optional.empty()),
                PredictionColumns.standard(),
                Optional.empty(),
                List.of());
        assertThat(set.digest()).isEqualTo(again.digest()).hasSize(64);
    }
}
