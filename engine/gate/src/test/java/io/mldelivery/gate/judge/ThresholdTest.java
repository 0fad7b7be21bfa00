package io.mldelivery.gate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.model.Outcome;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that go by reported numbers: at, just below and just above their limits, and without numbers. */
class ThresholdTest {
    private static final Champion NONE = new Champion.Absent("there is no champion");

    private static GateResult judge(String rules, Map<String, Double> metrics, Champion champion) {
        return GateEvaluator.evaluate(
                GatePolicy.parse("gate.yaml", rules),
                new GateInput(MetricSet.of("metrics.json", metrics), champion, Optional.empty()));
    }

    private static Champion champion(double value) {
        return new Champion.Present(MetricSet.of("champion", Map.of("m", value)));
    }

    @ParameterizedTest
    @CsvSource({
        "min: 0.8, 0.8, PASS", "min: 0.8, 0.8000000000000002, PASS", "min: 0.8, 0.7999999999999998, FAIL",
        "max: 0.8, 0.8, PASS", "max: 0.8, 0.7999999999999998, PASS", "max: 0.8, 0.8000000000000002, FAIL",
        "min: 0.8, NaN, ERROR", "min: 0.8, Infinity, ERROR", "max: 0.8, -Infinity, ERROR",
        "min: 0, -0.0, PASS", "min: 0, 0, PASS", "max: 0, 4.9e-324, FAIL"
    })
    void shouldHoldValuesAgainstLimits(String limit, double value, Outcome outcome) {
        GateResult result = judge("rules: [{metric: m, " + limit + "}]", Map.of("m", value), NONE);
        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.reason()).isNotBlank();
    }

    @Test
    void shouldSayNumbersAndLimits() {
        GateResult result = judge("rules: [{metric: m, min: 0.8}]", Map.of("m", 0.75), NONE);
        assertThat(result.reason()).isEqualTo("m is 0.75, below the limit of 0.8.");
    }

    @Test
    void shouldShowEnoughDigitsToTellAValueFromItsLimit() {
        GateResult result = judge("rules: [{metric: m, min: 0.8}]", Map.of("m", 0.79999999999), NONE);
        assertThat(result.reason()).isEqualTo("m is 0.79999999999, below the limit of 0.8.");
    }

    @Test
    void shouldCallAbsentMetricsAnError() {
        GateResult result = judge("rules: [{metric: roc_acu, min: 0.8}]", Map.of("roc_auc", 0.9), NONE);
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.reason()).isEqualTo("roc_acu is not in metrics.json (did you mean roc_auc?).");
        assertThat(judge("rules: [{metric: m, min: 0}]", Map.of(), NONE).outcome())
                .isEqualTo(Outcome.ERROR);
    }

    @ParameterizedTest
    @CsvSource({
        "absolute, min: -0.1, 0.4, 0.5, PASS",
        "absolute, min: -0.1, 0.39, 0.5, FAIL",
        "absolute, min: 0.25, 0.75, 0.5, PASS",
        "absolute, min: 0.25, 0.7499999, 0.5, FAIL",
        "relative, max: 0.1, 110, 100, PASS",
        "relative, max: 0.1, 110.0001, 100, FAIL",
        "relative, min: -0.5, -15, -10, PASS",
        "relative, min: -0.5, -15.1, -10, FAIL",
        "relative, min: -0.5, 1, 0, ERROR",
        "absolute, min: 0, NaN, 1, ERROR",
        "absolute, min: 0, 1, NaN, ERROR"
    })
    void shouldHoldChangesAgainstLimits(String as, String limit, double candidate, double champion, Outcome outcome) {
        GateResult result = judge(
                "rules: [{metric: m, kind: change, as: " + as + ", " + limit + "}]",
                Map.of("m", candidate),
                champion(champion));
        assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"change, min: -1", "non-inferiority, margin: 1", "superiority, margin: 0", "equivalence, margin: 1"})
    void shouldLetFirstVersionsThroughOnlyIfAllowed(String kind, String key) {
        String rules = "rules: [{metric: roc_auc, kind: " + kind + ", " + key + "}]\n";
        assertThat(judge(rules, Map.of("roc_auc", 0.8), NONE).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(rules + "firstVersion: allow", Map.of("roc_auc", 0.8), NONE)
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(rules + "firstVersion: allow", Map.of(), NONE).outcome())
                .isEqualTo(Outcome.ERROR);
    }

    @Test
    void shouldNotComparePointsWhereIntervalsAreAskedFor() {
        GateResult result = judge(
                "rules: [{metric: m, kind: non-inferiority, margin: 0.1, better: higher}]",
                Map.of("m", 0.9),
                champion(0.5));
        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.reason()).contains("cannot be compared without the predictions of both");
        assertThat(result.rules().get(0).champion()).hasValue(0.5);
    }

    @Test
    void shouldAskForTheDirectionOfUnknownMetrics() {
        GateResult result = judge("rules: [{metric: m, kind: non-inferiority, margin: 0.1}]", Map.of("m", 0.9), NONE);
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.reason()).contains("better: higher");
    }

    @Test
    void shouldLetSeverityDecideWhatStopsTheModel() {
        String rules = """
                rules:
                - {metric: m, min: 0.5}
                - {metric: m, min: 0.9, severity: unstable}
                - {metric: n, min: 0.9, severity: note}
                """;
        GateResult result = judge(rules, Map.of("m", 0.6), NONE);
        assertThat(result.outcome()).isEqualTo(Outcome.PASS);
        assertThat(result.isUnstable()).isTrue();
        assertThat(result.rules())
                .extracting(RuleResult::outcome)
                .containsExactly(Outcome.PASS, Outcome.FAIL, Outcome.ERROR);
    }

    @Test
    void shouldEndWithTheWorstOutcome() {
        GateResult result = judge(
                "rules: [{metric: m, min: 0.5}, {metric: m, min: 0.9}, {metric: x, min: 0}]", Map.of("m", 0.6), NONE);
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.reason()).startsWith("2 of 3 rules do not pass, first: x is not in metrics.json");
    }

    @Test
    void shouldNotKnowSlicesWithoutPredictions() {
        GateResult result = judge("rules: [{metric: m, min: 0.5, slice: carrier}]", Map.of("m", 0.6), NONE);
        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.reason()).contains("slices need predictions");
    }
}
