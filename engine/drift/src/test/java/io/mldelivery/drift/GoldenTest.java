package io.mldelivery.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.PolicyName;
import io.mldelivery.drift.report.DriftJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every statistic with scipy's and every verdict of {@code policy: evidently} with Evidently's. */
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final Map<String, String> EVIDENTLY_METHODS = Map.of(
            "K-S p_value",
            "ks-p-value",
            "chi-square p_value",
            "chi-square-fit-p-value",
            "Z-test p_value",
            "z-p-value",
            "Wasserstein distance (normed)",
            "wasserstein-normed",
            "Jensen-Shannon distance",
            "jensen-shannon");
    private static JsonNode golden;
    private static JsonNode measured;
    private static JsonNode evidently;

    @BeforeAll
    static void measure() throws IOException {
        golden = new ObjectMapper()
                .readTree(FOLDER.resolve("drift.json").toFile())
                .at("/datasets/0");
        measured = check(DriftPolicy.calibrated());
        evidently = check(PolicyName.EVIDENTLY.policy());
    }

    private static JsonNode check(DriftPolicy policy) {
        var check = new DriftCheck(TableOptions.in(FOLDER), policy);
        return DriftJson.of(
                check.compare(golden.get("ref").asText(), golden.get("cur").asText()));
    }

    static Stream<String> columns() throws IOException {
        JsonNode columns = new ObjectMapper()
                .readTree(FOLDER.resolve("drift.json").toFile())
                .at("/datasets/0/columns");
        return StreamSupport.stream(((Iterable<String>) columns::fieldNames).spliterator(), false);
    }

    private static JsonNode find(JsonNode report, String column) {
        return StreamSupport.stream(report.get("columns").spliterator(), false)
                .filter(node -> node.get("name").asText().equals(column))
                .findFirst()
                .orElseThrow();
    }

    private static void same(JsonNode ours, JsonNode expected, String what) {
        assertThat(expected.isMissingNode()).as("expected " + what).isFalse();
        assertThat(ours.isNumber()).as(what).isTrue();
        double value = expected.asDouble();
        assertThat(ours.asDouble()).as(what).isCloseTo(value, within(1e-9));
        if (value > 0 && value < 1e-9) {
            assertThat(ours.asDouble() / value).as(what + " (relative)").isCloseTo(1, within(1e-6));
        }
    }

    @ParameterizedTest
    @MethodSource("columns")
    void shouldAgreeWithScipyWhenMeasuring(String name) {
        JsonNode column = find(measured, name);
        JsonNode expected = golden.get("columns").get(name);
        JsonNode statistics = column.get("statistics");
        assertThat(column.at("/nulls/reference").asLong())
                .isEqualTo(expected.get("null_ref").asLong());
        assertThat(column.at("/nulls/current").asLong())
                .isEqualTo(expected.get("null_cur").asLong());
        same(statistics.at("/jensenShannon"), expected.at("/jensenshannon_distance_base_e"), "jensenShannon");
        same(statistics.at("/totalVariation"), expected.at("/total_variation"), "totalVariation");
        if (expected.has("chi2_contingency_2xk_no_yates")) {
            same(statistics.at("/chiSquare/statistic"), expected.at("/chi2_contingency_2xk_no_yates/statistic"), "chi");
            same(statistics.at("/chiSquare/pValue"), expected.at("/chi2_contingency_2xk_no_yates/pvalue"), "chi p");
            same(statistics.at("/chiSquare/degreesOfFreedom"), expected.at("/chi2_contingency_2xk_no_yates/dof"), "df");
        }
        if (expected.get("kind").asText().equals("num")) {
            same(statistics.at("/ks/statistic"), expected.at("/ks_2samp_auto/statistic"), "ks");
            same(statistics.at("/ks/pValue"), expected.at("/ks_2samp_auto/pvalue"), "ks p");
            same(statistics.at("/wasserstein"), expected.at("/wasserstein"), "wasserstein");
            same(statistics.at("/wassersteinNormed"), expected.at("/wasserstein_normed_by_ref_std_ddof0"), "normed");
            same(statistics.at("/psi"), expected.at("/psi_ref_deciles_eps1e-4/value"), "psi");
        } else {
            assertThat(statistics.has("ks")).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("columns")
    void shouldGiveEvidentlysVerdictWhenItsPolicyIsNamed(String name) {
        JsonNode column = find(evidently, name);
        JsonNode expected = golden.get("columns").get(name).at("/evidently/default");
        assertThat(column.get("method").asText())
                .isEqualTo(EVIDENTLY_METHODS.get(expected.get("method").asText()));
        same(column.get("value"), expected.get("value"), "value");
        same(column.get("threshold"), expected.get("threshold"), "threshold");
        boolean pValue = expected.get("threshold").asDouble() == 0.05;
        boolean drifted = pValue
                ? expected.get("value").asDouble() < 0.05
                : expected.get("value").asDouble() >= expected.get("threshold").asDouble();
        assertThat(column.get("drifted").asBoolean()).isEqualTo(drifted);
    }

    @Test
    void shouldReportDriftWithReasonWhenColumnsMoved() {
        assertThat(measured.get("outcome").asText()).isEqualTo("FAIL");
        assertThat(measured.get("reason").asText())
                .contains("num_disjoint (ks 1 ≥ 0.05")
                .contains("of 13 columns");
        assertThat(find(measured, "num_same").get("drifted").asBoolean()).isFalse();
    }
}
