package io.mldelivery.gate.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.gate.Gate;
import io.mldelivery.gate.GateContext;
import io.mldelivery.gate.GateRequest;
import io.mldelivery.gate.ParquetRows;
import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.judge.RuleResult;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowScoringTest {
    @TempDir
    private Path folder;

    private final List<String> closed = new ArrayList<>();

    @BeforeEach
    void writeRows() throws IOException {
        var random = new SplittableRandom(4);
        StringBuilder text = new StringBuilder("id,y,signal,noise,carrier\n");
        for (int i = 0; i < 1200; i++) {
            text.append(i)
                    .append(',')
                    .append(i % 2)
                    .append(',')
                    .append(0.4 * (i % 2) + 0.6 * random.nextDouble())
                    .append(',')
                    .append(random.nextDouble())
                    .append(",\"A \"\"B\"\"\"\n");
        }
        Files.writeString(folder.resolve("rows.csv"), text);
    }

    /** A model that is a function of the first feature; missing ones give 0.5. */
    private Predictor model(String name, Function<Double, double[]> function) {
        return new Predictor() {
            @Override
            public List<double[]> predict(List<String> columns, List<Object[]> rows) {
                assertThat(columns).startsWith("signal");
                return rows.stream()
                        .map(row -> row[0] == null ? new double[] {0.5, 0.5} : function.apply((Double) row[0]))
                        .toList();
            }

            @Override
            public void close() {
                closed.add(name);
            }
        };
    }

    private GateResult judge(String policy) {
        return judge(policy, "rows.csv");
    }

    private GateResult judge(String policy, String table) {
        try (RowScoring rows = new RowScoring(
                folder,
                table,
                folder,
                () -> model("candidate", signal -> new double[] {1 - signal, signal}),
                () -> model("champion", signal -> new double[] {1 - signal * signal, signal * signal}))) {
            return Gate.judge(new GateRequest(
                    "gate.yaml",
                    policy,
                    () -> MetricSet.empty("no metrics"),
                    () -> new Champion.Present(MetricSet.empty("the champion")),
                    Optional.empty(),
                    folder,
                    GateContext.none().with(rows)));
        }
    }

    @Test
    void shouldScoreBothModelsOnTheSameRows() {
        GateResult result = judge("rules: [{metric: roc_auc, kind: non-inferiority, margin: 0.01},"
                + " {metric: accuracy, min: 0.6, slice: carrier}]");
        assertThat(result.rules().get(0).difference().orElseThrow()).isZero();
        assertThat(result.outcome()).as(result.reason()).isNotEqualTo(Outcome.ERROR);
        assertThat(result.rules().get(1).slice()).contains("carrier=A \"B\"");
        assertThat(closed).containsExactly("candidate", "champion");
    }

    @Test
    void shouldGiveTheModelTheNamedFeaturesOnly() {
        GateResult result = judge("rules: [{metric: roc_auc, min: 0.7}]\npredictions: {features: [signal]}");
        assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.PASS);
        assertThat(judge("rules: [{metric: roc_auc, min: 0.7}]\npredictions: {features: [signl]}")
                        .reason())
                .contains("has no column 'signl'");
    }

    @Test
    void shouldRunTheCandidateOnDisturbedRows() {
        List<String> harmless = List.of(
                "disturb: noise, amount: 0.01",
                "disturb: missing, amount: 0.001",
                "disturb: permute, columns: [noise]",
                "disturb: noise, amount: 5, columns: [noise]");
        List<String> harmful =
                List.of("disturb: noise, amount: 3", "disturb: missing, amount: 0.5", "disturb: permute");
        String rules = Stream.concat(harmless.stream(), harmful.stream())
                .map(how -> "- {metric: roc_auc, kind: robustness, margin: 0.02, " + how + "}\n")
                .collect(Collectors.joining("", "rules:\n", ""));
        ParquetRows.ofCsv(folder.resolve("rows.csv"), folder.resolve("rows.parquet"));
        assertThat(judge(rules, "rows.parquet").rules())
                .extracting(RuleResult::outcome)
                .containsExactly(
                        Outcome.PASS,
                        Outcome.PASS,
                        Outcome.PASS,
                        Outcome.PASS,
                        Outcome.FAIL,
                        Outcome.FAIL,
                        Outcome.FAIL);
        String sliced = "rules: [{metric: roc_auc, kind: robustness, margin: 0.02, disturb: permute,"
                + " columns: [noise], slice: {where: noise < 0.5, name: quiet}}]";
        assertThat(judge(sliced, "rows.parquet").rules().get(0).slice()).contains("quiet");
        assertThat(judge("rules: [{metric: roc_auc, kind: robustness, margin: 0.02, disturb: noise, columns: [x]}]")
                        .reason())
                .contains("no feature 'x'");
    }
}
