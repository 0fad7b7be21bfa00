package io.mldelivery.gate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.gate.policy.Criterion.Claim;
import io.mldelivery.gate.policy.Criterion.Comparison;
import io.mldelivery.gate.policy.Criterion.Threshold;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.stats.MultipleTesting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatePolicyTest {
    private static GatePolicy parse(String yaml) {
        return GatePolicy.parse("gate.yaml", yaml);
    }

    @Test
    void shouldReadTheRulesInOrder() {
        GatePolicy policy = parse("""
                rules:
                - {metric: roc_auc, kind: threshold, min: 0.80}
                - {metric: roc_auc, kind: non-inferiority, margin: 0.01, test: delong}
                - {metric: latency_p99_ms, kind: threshold, max: 50, severity: unstable}
                firstVersion: allow
                """);
        assertThat(policy.firstVersionAllowed()).isTrue();
        assertThat(policy.rules()).extracting(Rule::kind).containsExactly("threshold", "non-inferiority", "threshold");
        assertThat(policy.rules().get(0).criterion()).isEqualTo(new Threshold("threshold", Bounds.atLeast(0.8), false));
        assertThat(policy.rules().get(1).criterion())
                .isEqualTo(new Comparison(Claim.NON_INFERIORITY, 0.01, TestMethod.DELONG));
        assertThat(policy.rules().get(2).severity()).isEqualTo(Severity.UNSTABLE);
    }

    @Test
    void shouldHaveCarefulDefaults() {
        GatePolicy policy = parse("rules: [{metric: f1, min: 0.5}]");
        assertThat(policy.firstVersionAllowed()).isFalse();
        assertThat(policy.alpha()).isEqualTo(0.05);
        assertThat(policy.multiplicity()).contains(MultipleTesting.HOLM);
        assertThat(policy.minimumRows()).isEqualTo(30);
        assertThat(policy.columns()).isEqualTo(PredictionColumns.standard());
        assertThat(policy.rules().get(0).severity()).isEqualTo(Severity.FAIL);
    }

    @Test
    void shouldNumberRulesThatAreAlike() {
        GatePolicy policy = parse("rules: [{metric: f1, min: 0.5}, {metric: f1, min: 0.6, severity: note}]");
        assertThat(policy.rules()).extracting(Rule::name).containsExactly("f1 threshold", "f1 threshold (2)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            rules: []                                                            | gate.yaml:1:8      | nothing would be checked
            rules: [{kind: behaviour, cases: c.csv, slice: carrier}]             | gate.yaml:1:41     | unknown key 'slice'
            rules: [{kind: leakage, train: t.csv, slice: carrier}]               | gate.yaml:1:39     | unknown key 'slice'
            rules: [{kind: behaviour, cases: c.csv, output: -1}]                 | gate.yaml:1:49     | must be from 0
            rules: [{metric: f1, mim: 0.5}]                                      | gate.yaml:1:22     | unknown key 'mim'
            rules: [{metric: f1}]                                                | gate.yaml:1:9      | needs a limit
            rules: [{kind: threshold, min: 1}]                                   | gate.yaml:1:9      | the key 'metric' is missing
            rules: [{metric: f1, kind: treshold, min: 1}]                        | gate.yaml:1:28     | 'treshold' is not known
            rules: [{metric: f1, min: high}]                                     | gate.yaml:1:27     | expected a number
            rules: [{metric: f1, min: .inf}]                                     | gate.yaml:1:27     | must be a finite number
            rules: [{metric: f1, min: .nan}]                                     | gate.yaml:1:27     | expected a number
            rules: [{metric: f1, min: 0.9, max: 0.8}]                            | gate.yaml:1:27     | min 0.9 is above max 0.8
            rules: [{metric: f1, kind: non-inferiority}]                         | gate.yaml:1:9      | the key 'margin' is missing
            rules: [{metric: f1, kind: non-inferiority, margin: 0}]              | gate.yaml:1:53     | above 0
            rules: [{metric: f1, kind: non-inferiority, margin: -0.1}]           | gate.yaml:1:53     | above 0
            rules: [{metric: f1, kind: superiority, margin: -0.1}]               | gate.yaml:1:49     | from 0
            rules: [{metric: f1, kind: latency, min: 4}]                         | gate.yaml:1:37     | unknown key 'min'
            rules: [{metric: f1, kind: gap, max: 0.1}]                           | gate.yaml:1:9      | compares slices
            rules: [{metric: f1, min: 0, slice: {}}]                             | gate.yaml:1:37     | needs either 'column' or 'where'
            rules: [{metric: f1, min: 0}, {metric: f1, max: -1}]                 | gate.yaml:1:31     | contradicts the rule at gate.yaml:1:9
            rules: [{metric: f1, name: a, min: 0}, {metric: f2, name: a, min: 0}]| gate.yaml:1:40     | two rules are called 'a'
            {rules: [{metric: f1, min: 0}], alpha: 0.6}                          | gate.yaml:1:40     | below 0.5
            {rules: [{metric: f1, min: 0}], minRows: 1}                          | gate.yaml:1:42     | at least 2
            {rules: [{metric: f1, min: 0}], firstVersion: maybe}                 | gate.yaml:1:47     | 'maybe' is not known
            {rules: [{metric: f1, min: 0}], firstVersions: allow}                | gate.yaml:1:33     | unknown key 'firstVersions'
            {rules: [{metric: f1, min: 0}], predictions: {labels: y}}            | gate.yaml:1:47     | unknown key 'labels'
            rules: [{metric: f1                                                  | gate.yaml:         | not valid YAML
            """)
    void shouldSayWhatIsWrongAndWhere(String yaml, String where, String what) {
        assertThatThrownBy(() -> parse(yaml)).isInstanceOfSatisfying(DeliveryException.class, e -> {
            assertThat(e.code()).isEqualTo(DeliveryException.Code.CONFIG);
            assertThat(e.what()).startsWith(where).contains(what).doesNotContain("\n");
            assertThat(e.advice()).isNotBlank();
        });
    }

    @Test
    void shouldRefuseSuperiorityBeyondEquivalence() {
        assertThatThrownBy(() -> parse("""
                rules:
                - {metric: roc_auc, kind: equivalence, margin: 0.01}
                - {metric: roc_auc, kind: superiority, margin: 0.02}
                """)).hasMessageContaining("better by 0.02 is not equivalent within 0.01");
    }

    @Test
    void shouldRefuseAliasesThatExplode() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 8; i++) {
            yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1)));
        }
        assertThatThrownBy(() -> parse(yaml.toString())).isInstanceOf(DeliveryException.class);
    }
}
