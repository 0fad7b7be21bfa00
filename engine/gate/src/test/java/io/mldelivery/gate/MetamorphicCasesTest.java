package io.mldelivery.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.scoring.Predictor;
import io.mldelivery.gate.scoring.RowScoring;
import io.mldelivery.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of the kind behaviour, which run the model on inputs and their changed twins. */
class MetamorphicCasesTest {
    private static final String RULE = "minRows: 2\nrules: [{kind: behaviour, cases: cases.csv}]";

    @TempDir
    private Path folder;

    private final List<List<String>> asked = new ArrayList<>();

    private void cases(String... lines) throws IOException {
        Files.writeString(folder.resolve("cases.csv"), String.join("\n", lines) + "\n");
    }

    private GateResult judge(String policy, Function<Object[], double[]> model) {
        Predictor predictor = new Predictor() {
            @Override
            public List<double[]> predict(List<String> columns, List<Object[]> rows) {
                asked.add(columns);
                return rows.stream().map(model).toList();
            }

            @Override
            public void close() {
                // nothing runs
            }
        };
        try (RowScoring models = new RowScoring(folder, "", folder, () -> predictor, () -> predictor)) {
            return Gate.judge(new GateRequest(
                    "gate.yaml",
                    policy,
                    () -> MetricSet.empty("no metrics"),
                    () -> new Champion.Absent("none"),
                    Optional.empty(),
                    folder,
                    GateContext.none().with(models)));
        }
    }

    /** Late when it is windy, whoever flies. */
    private static double[] windy(Object... row) {
        double late = Math.min(1, (Double) row[1] / 50);
        return new double[] {1 - late, late};
    }

    @Test
    void shouldHoldInvarianceAndDirection() throws IOException {
        cases(
                "carrier,wind,after.carrier,after.wind,expect",
                "AA,10,B6,,same",
                "AA,10,,20,increase",
                "\"a, \"\"b\"\"\",10,,5,decrease",
                "AA,60,,70,increase");
        GateResult result = judge(RULE, MetamorphicCasesTest::windy);
        assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.PASS);
        assertThat(asked).containsExactly(List.of("carrier", "wind"));
    }

    @Test
    void shouldShowTheFirstFailingCases() throws IOException {
        cases(
                "case,carrier,wind,after.carrier,after.wind,expect",
                "storm,AA,10,,20,decrease",
                ",AA,10,,5,increase",
                "calm,AA,10,B6,,same",
                "gust,AA,10,,11,same");
        GateResult result = judge(RULE, MetamorphicCasesTest::windy);
        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.reason())
                .contains("failing_cases is 0.75 (3 of 4 cases: storm: 0.2000 became 0.4000, expected a decrease;")
                .contains("case 2: 0.2000 became 0.1000, expected an increase;")
                .contains("gust: 0.2000 became 0.2200, expected the same)");
        cases("carrier,wind,after.wind,expect,tolerance", "AA,10,11,same,0.05", "AA,10,11,same,");
        assertThat(judge(RULE, MetamorphicCasesTest::windy)
                        .rules()
                        .get(0)
                        .candidate()
                        .orElseThrow())
                .isEqualTo(0.5);
    }

    @Test
    void shouldTakeFeaturesInThePolicysOrderAndAskInBatches() throws IOException {
        String[] lines = new String[601];
        lines[0] = "wind,carrier,note,after.wind,expect";
        for (int i = 1; i <= 600; i++) {
            lines[i] = i % 30 + ",AA,x," + (i % 30 + 1) + ",increase";
        }
        cases(lines);
        GateResult result = judge(RULE + "\npredictions: {features: [carrier, wind]}", MetamorphicCasesTest::windy);
        assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.PASS);
        assertThat(asked).hasSize(3).containsOnly(List.of("carrier", "wind"));
    }

    @Test
    void shouldCompareTheNamedOfSeveralOutputs() throws IOException {
        cases("carrier,wind,after.wind,expect", "AA,10,20,increase", "AA,10,30,increase");
        Function<Object[], double[]> three = row -> new double[] {0.1, windy(row)[0], windy(row)[1]};
        assertThat(judge(RULE, three).reason()).contains("has 3 outputs: which of them is to increase?");
        assertThat(judge(RULE.replace("cases.csv", "cases.csv, output: 2"), three)
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(RULE.replace("cases.csv", "cases.csv, output: 1"), three)
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        cases("carrier,wind,after.wind,expect", "AA,10,20,same", "AA,10,10,same");
        assertThat(judge(RULE, three).reason()).contains("1 of 2 cases: case 1: 0.8000 became 0.6000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "carrier,wind,expect                | AA,10,same          | no column says what is changed",
                "carrier,wind,after.wimd,expect     | AA,10,11,same       | 'after.wimd' changes no feature",
                "carrier,wind,after.wind,expect     | AA,10,,same         | nothing is changed in 1 cases",
                "carrier,wind,after.wind,expect     | AA,10,much,increase | 'after.wind' is no number",
                "carrier,wind,after.wind,expect     | AA,10,11,larger     | 'expect' is neither same",
                "carrier,wind,after.wind            | AA,10,11            | there is no column 'expect'",
                "carrier,wind,after.wind,expect,tolerance | AA,10,11,same,-1 | 'tolerance' is no number from 0",
                "expect,before,after                | same,0.5,           | 'before' or 'after' is no number in 1 cases",
            })
    void shouldNotPassCasesThatSayNothing(String head, String line, String reason) throws IOException {
        cases(head, line, line.replace("AA,10,,", "AA,10,12,").replace("0.5,", "0.5,0.5"));
        GateResult result = judge(RULE, MetamorphicCasesTest::windy);
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.reason()).contains(reason);
    }

    @Test
    void shouldNotJudgeAnswersThatAreNoNumbers() throws IOException {
        cases("carrier,wind,after.wind,expect", "AA,10,20,increase", "AA,,20,increase");
        GateResult result = judge(RULE, row -> new double[] {row[1] == null ? Double.NaN : 0.5});
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.reason()).contains("the model's answer in case 2 is no finite number");
    }
}
