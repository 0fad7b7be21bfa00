package io.mldelivery.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
    @ParameterizedTest
    @CsvSource({"PASS, true, 0", "FAIL, false, 1", "INCONCLUSIVE, false, 2", "ERROR, false, 3"})
    void shouldLetThroughPassAlone(Outcome outcome, boolean letsThrough, int exitCode) {
        assertThat(outcome.letsThrough()).isEqualTo(letsThrough);
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
    }

    @ParameterizedTest
    @CsvSource({
        "PASS, PASS, PASS",
        "PASS, INCONCLUSIVE, INCONCLUSIVE",
        "FAIL, INCONCLUSIVE, FAIL",
        "FAIL, ERROR, ERROR",
        "INCONCLUSIVE, ERROR, ERROR"
    })
    void shouldCombineToTheWorse(Outcome one, Outcome other, Outcome worse) {
        assertThat(one.and(other)).isEqualTo(worse);
        assertThat(other.and(one)).isEqualTo(worse);
    }

    @Test
    void shouldPutWhatAndAdviceOnTwoLines() {
        var cause = new IllegalStateException("inner");
        var problem = new DeliveryException(DeliveryException.Code.DATA, "a.csv is empty", "Add rows.", cause);

        assertThat(problem.getMessage().lines()).containsExactly("a.csv is empty", "Add rows.");
        assertThat(problem).hasCause(cause);
    }
}
