package io.mldelivery.gate.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateEvaluator;
import io.mldelivery.gate.judge.GateInput;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.gate.policy.Rule;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.Scores;
import io.mldelivery.model.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StarterPolicyTest {
    @Test
    void shouldWriteAPolicyThatTheModelItselfPasses() {
        MetricSet metrics = MetricSet.of(
                "metrics.json", Map.of("roc_auc", 0.8, "log_loss", 0.5, "latency_p99_ms", 40.0, "rows", 1000.0));
        GatePolicy policy = GatePolicy.parse("gate.yaml", StarterPolicy.of(metrics));
        assertThat(policy.rules())
                .extracting(Rule::metric)
                .contains("roc_auc", "log_loss", "latency_p99_ms")
                .doesNotContain("rows");
        assertThat(GateEvaluator.evaluate(
                                policy, new GateInput(metrics, new Champion.Present(metrics), Optional.empty()))
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldSetMarginsByWhatTheRowsCanShow() {
        int[] label = IntStream.range(0, 1000).map(i -> i % 2).toArray();
        double[] score = IntStream.range(0, 1000)
                .mapToDouble(i -> 0.2 * (i % 2) + (i * 7919 % 1000) / 1250.0)
                .toArray();
        int[] predicted =
                IntStream.range(0, 1000).map(i -> score[i] >= 0.5 ? 1 : 0).toArray();
        EvaluationSet set = EvaluationSet.binary(label)
                .candidate(Scores.of(score, predicted))
                .champion(Scores.of(score, predicted))
                .build();
        String yaml = StarterPolicy.of("rows.csv", set);
        GatePolicy policy = GatePolicy.parse("gate.yaml", yaml);
        assertThat(yaml).contains("non-inferiority").contains("# now ");
        assertThat(policy.rules()).hasSize(6);
        assertThat(GateEvaluator.evaluate(
                                policy,
                                new GateInput(
                                        MetricSet.empty("none"),
                                        new Champion.Present(MetricSet.empty("none")),
                                        Optional.of(set)))
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void shouldSayWhenNothingCanBeSuggested() {
        assertThat(StarterPolicy.of(MetricSet.of("m.json", Map.of("rows", 5.0))))
                .contains("rules: []   # no metric");
    }
}
