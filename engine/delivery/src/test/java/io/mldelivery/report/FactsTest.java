package io.mldelivery.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsTest {
    @ParameterizedTest
    @CsvSource({
        "0.731249, 0.7312",
        "78411, 78411",
        "1000.6, 1001",
        "3, 3",
        "100, 100",
        "-0.01, -0.01",
        "0, 0",
        "0.00001234567, 0.00001235",
        "1e-30, 1E-30",
        "1e300, 1.000E+300",
        "'\"NaN\"', NaN",
        "'\"x\"', x"
    })
    void shouldWriteNumbersForPeople(String json, String text) throws Exception {
        assertThat(Facts.number(new ObjectMapper().readTree(json))).isEqualTo(text);
    }
}
