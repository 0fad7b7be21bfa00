package io.mldelivery.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.policy.PolicyName;
import io.mldelivery.drift.report.DriftJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code policy: evidently} chooses Evidently's method and gives its value where it infers the columns' types itself. */
class EvidentlyTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/evidently");
    private static final Map<String, String> METHODS = Map.of(
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

    static IntStream sets() {
        return IntStream.range(0, 3);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void shouldGiveEvidentlysMethodAndValueForEveryColumn(int number) throws IOException {
        JsonNode set = new ObjectMapper()
                .readTree(FOLDER.resolve("expected.json").toFile())
                .at("/sets/" + number);
        var check = new DriftCheck(TableOptions.in(FOLDER), PolicyName.EVIDENTLY.policy());
        JsonNode report = DriftJson.of(
                check.compare(set.get("reference").asText(), set.get("current").asText()));
        Map<String, JsonNode> ours = new HashMap<>();
        report.get("columns").forEach(column -> ours.put(column.get("name").asText(), column));
        assertThat(set.get("columns").size()).isEqualTo(18);
        set.get("columns").properties().forEach(expected -> {
            JsonNode column = ours.get(expected.getKey());
            assertThat(column.get("method").asText())
                    .as(expected.getKey())
                    .isEqualTo(METHODS.get(expected.getValue().get("method").asText()));
            assertThat(column.get("value").asDouble())
                    .as(expected.getKey())
                    .isCloseTo(expected.getValue().get("value").asDouble(), within(1e-9));
            assertThat(column.get("threshold").asDouble())
                    .isEqualTo(expected.getValue().get("threshold").asDouble());
        });
    }
}
