package io.mldelivery.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.report.DriftJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the methods that a policy can ask for with scipy. */
class MoreMethodsTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    @ParameterizedTest
    @CsvSource({
        "numeric, energy, /energy",
        "numeric, anderson-darling, /andersonDarling",
        "numeric, cramer-von-mises-p-value, /cramerVonMises/1",
        "numeric, mann-whitney-p-value, /mannWhitney/1",
        "categorical, g-p-value, /g/1",
        "categorical, fisher-p-value, /fisher",
        "categorical, hellinger, /hellinger",
        "categorical, kullback-leibler, /kullbackLeibler",
        "categorical, l-infinity, /lInfinity"
    })
    void shouldAgreeWithScipyWhenPolicyAsksForMethod(String kind, String method, String pointer) throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(FOLDER.resolve("more_methods.json").toFile())
                .get("columns");
        String yaml = kind + ": {method: " + method + ", threshold: 0.05, significant: false}";
        DriftPolicy policy = DriftPolicy.parse("drift.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        JsonNode report =
                DriftJson.of(new DriftCheck(TableOptions.in(FOLDER), policy).compare("small_ref.csv", "small_cur.csv"));
        int compared = 0;
        for (JsonNode column : report.get("columns")) {
            JsonNode expected = golden.get(column.get("name").asText()).at(pointer);
            if (column.get("kind").asText().equals(kind) && !expected.isMissingNode()) {
                assertThat(column.get("method").asText()).isEqualTo(method);
                double value = expected.asDouble();
                assertThat(column.get("value").asDouble())
                        .as(column.get("name").asText())
                        .isCloseTo(value, within(tolerance(method) * Math.max(1, Math.abs(value))));
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    /** Scipy ends the series of Cramér and von Mises' distribution at a relative 1e-7. */
    private static double tolerance(String method) {
        return method.startsWith("cramer") ? 1e-7 : 1e-9;
    }
}
