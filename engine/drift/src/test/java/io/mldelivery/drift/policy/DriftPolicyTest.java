package io.mldelivery.drift.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.data.ColumnKind;
import io.mldelivery.model.DeliveryException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftPolicyTest {
    private static DriftPolicy parse(String yaml) {
        return DriftPolicy.parse("drift.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldReadEveryKeyWhenAllAreGiven() {
        DriftPolicy policy = parse("""
                policy: calibrated
                columns: {include: [a*, b], exclude: [abc]}
                numeric: {method: wasserstein-normed, threshold: 0.3}
                categorical: {method: psi, threshold: 0.2, significant: false}
                datetime: {method: none}
                overrides:
                  b: {method: ks-p-value, threshold: 0.001}
                significance: {level: 0.05, correction: holm}
                tolerated: 0.25
                minimumRows: 500
                nulls: {increase: 0.02}
                schema: {missing: ignore, added: fail}
                sample: {rows: all, seed: 9}
                """);
        assertThat(policy.columns().takes("abba")).isTrue();
        assertThat(policy.columns().takes("abc")).isFalse();
        assertThat(policy.columns().takes("c")).isFalse();
        assertThat(policy.columns().required()).containsExactly("b");
        assertThat(policy.ruleFor("x", ColumnKind.NUMERIC)).isEqualTo(new Rule(Method.WASSERSTEIN_NORMED, 0.3, true));
        assertThat(policy.ruleFor("x", ColumnKind.CATEGORICAL)).isEqualTo(new Rule(Method.PSI, 0.2, false));
        assertThat(policy.ruleFor("b", ColumnKind.NUMERIC)).isEqualTo(new Rule(Method.KS_P_VALUE, 0.001, false));
        assertThat(policy.correction()).isEqualTo(Correction.HOLM);
        assertThat(List.of(policy.level(), policy.tolerated(), policy.nullIncrease()))
                .containsExactly(0.05, 0.25, 0.02);
        assertThat(policy.minimumRows()).isEqualTo(500);
        assertThat(policy.missingFails()).isFalse();
        assertThat(policy.addedFails()).isTrue();
        assertThat(policy.sampling()).isEqualTo(new Sampling(Sampling.ALL, 9));
    }

    @Test
    void shouldKeepDefaultsWhenKeysAreAbsent() {
        assertThat(parse("policy: calibrated")).isEqualTo(DriftPolicy.calibrated());
        assertThat(parse("policy: psi").ruleFor("x", ColumnKind.NUMERIC)).isEqualTo(new Rule(Method.PSI, 0.2, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tolerate: 0.1|drift.yaml:1:1: unknown key 'tolerate'",
                "tolerated: 2|drift.yaml:1:12: tolerated: 2.0 is out of range",
                "tolerated: .nan|drift.yaml:1:12",
                "numeric: {method: kz, threshold: 1}|drift.yaml:1:19: numeric.method: 'kz' is not known",
                "numeric: {method: chi-square-p-value, threshold: 1}|does not fit this kind of column",
                "numeric: {method: ks}|the key 'threshold' is missing",
                "significance: {alpha: 0.1}|unknown key 'alpha'",
                "sample: {rows: 5}|5.0 is out of range",
                "columns: [a]|expected keys and values",
                "a: [|not valid YAML"
            })
    void shouldNamePlaceWhenPolicyIsWrong(String yaml, String message) {
        assertThatThrownBy(() -> parse(yaml)).isInstanceOfSatisfying(DeliveryException.class, e -> {
            assertThat(e.code()).isEqualTo(DeliveryException.Code.CONFIG);
            assertThat(e.what()).contains(message).hasLineCount(1);
        });
    }
}
