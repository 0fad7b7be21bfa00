package io.mldelivery.gate.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.gate.expression.Expression.Answer;
import io.mldelivery.gate.expression.Expression.Answer.Decided;
import io.mldelivery.gate.expression.Expression.Answer.Impossible;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final Map<String, Double> CANDIDATE =
            Map.of("roc_auc", 0.81, "latency_p99_ms", 41.0, "test.f1", 0.7);
    private static final Map<String, Double> CHAMPION = Map.of("roc_auc", 0.80);

    private static Answer evaluate(String source) throws Expression.Refused {
        return Expression.compile(source).evaluate(CANDIDATE, CHAMPION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            candidate.roc_auc > champion.roc_auc - 0.01                            ; true
            candidate.roc_auc < 0.8 || candidate.latency_p99_ms > 50               ; false
            candidate['test.f1'] >= 0.7                                            ; true
            has(candidate.f1) ? candidate.f1 > 0.9 : candidate.roc_auc > 0.5       ; true
            ['roc_auc', 'test.f1'].all(m, candidate[m] > 0.5)                      ; true
            candidate.exists(m, m.startsWith('latency') && candidate[m] > 40)      ; true
            """)
    void shouldEvaluateConditionsOverMetrics(String source, boolean holds) throws Expression.Refused {
        assertThat(evaluate(source)).isEqualTo(new Decided(holds));
    }

    @Test
    void shouldKnowWhetherTheChampionIsNeeded() throws Expression.Refused {
        assertThat(Expression.compile("candidate.a > 0.5").needsChampion()).isFalse();
        assertThat(Expression.compile("candidate.a > 0.5 && champion.a < 1.0").needsChampion())
                .isTrue();
        assertThat(Expression.compile("candidate['champion'] > 0.5").needsChampion())
                .isFalse();
    }

    @Test
    void shouldHaveNoValueWithoutTheMetric() throws Expression.Refused {
        assertThat(evaluate("candidate.roc_acu > 0.5"))
                .isInstanceOfSatisfying(
                        Impossible.class,
                        answer ->
                                assertThat(answer.reason()).contains("roc_acu").doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "candidate.roc_auc",
                "candidate.roc_auc >",
                "winner.roc_auc > 0.5",
                "candidate.a == 'x'",
                "import os",
                "candidate.roc_auc - 1 > 0.0"
            })
    void shouldRefuseWhatIsNoCondition(String source) {
        assertThatThrownBy(() -> Expression.compile(source))
                .isInstanceOf(Expression.Refused.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldRefuseLongSourcesAndDeepNesting() {
        assertThatThrownBy(() -> Expression.compile("true" + " || true".repeat(1000)))
                .isInstanceOf(Expression.Refused.class);
        assertThatThrownBy(() -> Expression.compile("(".repeat(1500) + "true" + ")".repeat(1500)))
                .isInstanceOf(Expression.Refused.class);
    }

    /** 50 to the power of 6 is 1.6e10 steps, which would take minutes. */
    @Test
    void shouldStopExpressionsThatWouldNotEnd() throws Expression.Refused {
        String list = "[" + "1,".repeat(49) + "1]";
        String source = "true";
        for (int depth = 0; depth < 6; depth++) {
            source = list + ".all(x" + depth + ", " + source + ")";
        }
        assertThat(evaluate(source))
                .isInstanceOfSatisfying(
                        Impossible.class, answer -> assertThat(answer.reason()).contains("10000"));
    }
}
