package io.mldelivery.drift.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class RunMonitorTest {
    private static final double LIMIT = 50;

    /** The mean number of checks up to an alarm. */
    private static double meanRunLength(DoubleUnaryOperator pValue, int runs) {
        var random = new SplittableRandom(4);
        long checks = 0;
        for (int run = 0; run < runs; run++) {
            RunMonitor monitor = RunMonitor.start(LIMIT);
            while (!monitor.isAlarm()) {
                monitor = monitor.observe(pValue.applyAsDouble(random.nextDouble()));
            }
            checks += monitor.checks();
        }
        return (double) checks / runs;
    }

    @Test
    void shouldRunAtLeastAsLongAsGuaranteedWhenNothingChanges() {
        assertThat(meanRunLength(p -> p, 400)).isGreaterThan(LIMIT);
    }

    @Test
    void shouldAlarmSoonWhenPValuesStaySmall() {
        assertThat(meanRunLength(p -> p * p * p, 400)).isLessThan(LIMIT / 3);
    }

    @Test
    void shouldStartAnewAfterAlarm() {
        RunMonitor alarmed = RunMonitor.start(3).observe(1e-6);
        assertThat(alarmed.isAlarm()).isTrue();
        assertThat(alarmed.observe(0.25)).isEqualTo(new RunMonitor(1, 3, 1, 0.25));
    }
}
