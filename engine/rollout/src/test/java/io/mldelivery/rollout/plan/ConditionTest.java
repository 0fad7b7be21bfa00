package io.mldelivery.rollout.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "result >= 0.95, 0.95, true",
                "result[0] >= 0.95, 0.94, false",
                "result > 1 && result < 2, 1.5, true",
                "result > 1 && result < 2, 2, false",
                "result < 1 || result > 2 && result != 3, 3, false",
                "(result < 1 || result > 2) && result != 3, 0, true",
                "!(result == -1e-3), -0.001, false",
                "isNaN(result) || result <= .5, NaN, true",
                "result >= 0, NaN, false"
            })
    void shouldHoldAsWritten(String text, double value, boolean holds) {
        assertThat(Condition.parse(text).holds(value)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "result",
                "result > ",
                "result > 1 &&",
                "(result > 1",
                "result > 1)",
                "result => 1",
                "1 < result",
                "result > 1 result < 2",
                "system('rm')"
            })
    void shouldRefuseWhatItDoesNotUnderstand(String text) {
        assertThatThrownBy(() -> Condition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("condition '" + text + "': ");
    }
}
