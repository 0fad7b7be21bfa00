package io.mldelivery.drift.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
    private static final int CHECKS = 1000;

    /** At a true rate of 1 % more than 21 alarms in 1,000 checks happen less than once in 1,000 times. */
    @ParameterizedTest
    @CsvSource({"100,5", "100,50", "300,50", "1000,20"})
    void shouldKeepFalseAlarmsAtOnePercentWhenNothingChanged(int rows, int columns) {
        List<Double> rates = Calibration.falseAlarms(rows, columns, 1500, CHECKS);
        assertThat(rates.get(0)).as("calibrated").isLessThanOrEqualTo(0.021);
        assertThat(rates.get(1)).as("test alone").isLessThanOrEqualTo(0.021);
        assertThat(rates.get(2)).as("Evidently's rules, for comparison").isGreaterThan(0.2);
    }
}
