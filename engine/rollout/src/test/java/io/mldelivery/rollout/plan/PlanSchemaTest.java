package io.mldelivery.rollout.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The published schema, the reader and the examples of the documentation agree. */
class PlanSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMA = Path.of("../../resources/io/mldelivery/rollout-plan.schema.json");
    private static final String START = "steps: [{weight: 100}]\nanalysis: {successRate: {min: 0.9}}\n";

    @Test
    void shouldAcceptEveryExampleOfTheDocumentation() throws IOException {
        List<String> examples = examples();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(4);
        for (String example : examples) {
            assertThat(problems(example)).as(example).isEmpty();
            assertThat(RolloutPlan.parse("example", example)).isNotNull();
        }
    }

    @Test
    void shouldShowEveryKeyInAnExample() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (String example : examples()) {
            collect(json(example), shown);
        }
        Set<String> known = new TreeSet<>();
        known(JSON.readTree(SCHEMA.toFile()), known);

        assertThat(shown).containsAll(known);
    }

    private static void collect(JsonNode node, Set<String> keys) {
        node.fieldNames().forEachRemaining(keys::add);
        node.forEach(child -> collect(child, keys));
    }

    private static void known(JsonNode schema, Set<String> keys) {
        schema.path("properties").fieldNames().forEachRemaining(keys::add);
        schema.forEach(child -> known(child, keys));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "strategy: ramp|'ramp' is not known",
                "weights: [1]|unknown key 'weights'",
                "ramp: {from: 0}|takes the place of steps",
                "assign: {header: X, value: b}|only strategy ab assigns users",
                "freeze: [{cron: '0 0 * *', for: 1h, zone: UTC}]|has 4 fields",
                "freeze: [{cron: '0 0 * * *', for: 40d, zone: UTC}]|at most 31d",
                "freeze: [{cron: '0 0 * * *', for: 1h, zone: Mars}]|'Mars' is no time zone",
                "promotion: timed|timed needs a time",
                "promotion: {after: 1h, within: 2h}|exactly one of after",
                "notify: [{url: 'ftp://x'}]|is no http or https address",
                "notify: [{format: slack}]|exactly one of url, urlVariable and mail",
                "notify: [{mail: nobody}]|'nobody' is no mail address",
                "notify: [{mail: a@b, format: slack}]|a mail has no format",
            })
    void shouldRefuseWhatIsWrong(String line, String message) {
        assertThatThrownBy(() -> RolloutPlan.parse("rollout.yaml", START + line + "\n"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("rollout.yaml:")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "predictions: {}|nothing is measured that decides",
                "metrics: [{name: a, query: x, success: 'result < 1'}]|metrics with a query need a Prometheus",
                "metrics: [{name: a, success: 'result < 1'}]|exactly one of query (Prometheus) and url (JSON) is needed",
                "metrics: [{name: a, url: 'http://x', pointer: a, success: 'result < 1'}]|is no JSON pointer",
                "metrics: [{name: a, url: 'http://x', pointer: /a}]|nothing says what is good",
                "metrics: [{name: a, url: 'http://x', pointer: /a, success: 'x < 1'}]|a comparison such as result >= 0.95 is expected",
                "metrics: [{name: a, url: 'http://x', pointer: /a, worse: up}]|'up' is not known",
                "metrics: [{name: a, url: 'http://x', pointer: /a, worse: lower}, {name: a, url: 'http://x', pointer: /b, worse: lower}]|two metrics are called a",
                "successRate: {min: 0.9}, prometheus: {url: 'http://x', user: me}|user and passwordVariable belong together",
                "successRate: {min: 0.9}, maximumRequests: -1|must be from 1 to 10000000",
                "feedback: {compare: false}|neither a minimum nor a comparison",
                "latency: {meanRatio: 0.1}|must be from 1 to 1000",
            })
    void shouldRefuseWrongAnalyses(String analysis, String message) {
        String yaml = "steps: [{weight: 100}]\nanalysis: {" + analysis + "}\n";

        assertThatThrownBy(() -> RolloutPlan.parse("rollout.yaml", yaml))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("rollout.yaml:")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "strategy: ab, steps: [{weight: 50}]|strategy ab does not say who gets the new version",
                "strategy: ab, assign: {hash: X-User}, steps: [{weight: 100}]|both versions have users until one is promoted",
                "strategy: ab, assign: {hash: X-User, value: b}, steps: [{weight: 50}]|hash takes no value",
                "strategy: ab, assign: {cookie: c}, steps: [{requests: 50}]|cookie needs a value",
                "strategy: ab, assign: {header: 'a b', value: c}, steps: [{requests: 50}]|cannot name a header or cookie",
                "strategy: ab, assign: {header: a, value: c}, steps: [{weight: 50}]|the users' requests decide who gets the new version, not a weight",
                "strategy: ab, assign: {header: a, value: c}, steps: [{requests: 1}, {requests: 2}]|one step is enough",
                "strategy: blue-green, steps: [{weight: 50}, {weight: 100}]|blue-green moves all traffic at once",
                "strategy: rolling, batches: {count: 1}|must be from 2 to 50",
                "ramp: {from: 0}|must be from 1 to 99",
                "ramp: {factor: 1}|must be from 1.05 to 100",
                "strategy: shadow, ramp: {}|belongs to strategy canary",
            })
    void shouldRefuseWrongStrategies(String plan, String message) {
        String yaml = "{" + plan + ", analysis: {successRate: {min: 0.9}}}";

        assertThatThrownBy(() -> RolloutPlan.parse("rollout.yaml", yaml))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldMakeStepsOfRampsAndBatches() {
        assertThat(weights("{ramp: {from: 1, requests: 5}, analysis: {successRate: {min: 0.9}}}"))
                .containsExactly(1, 2, 4, 8, 16, 32, 64, 100);
        assertThat(weights("{ramp: {from: 10, factor: 1.05}, analysis: {successRate: {min: 0.9}}}"))
                .startsWith(10, 11, 12)
                .endsWith(100);
        assertThat(weights("{strategy: rolling, analysis: {successRate: {min: 0.9}}}"))
                .containsExactly(25, 50, 75, 100);
        assertThat(weights("{strategy: rolling, batches: {count: 3, pause: 1s}, analysis: {successRate: {min: 0.9}}}"))
                .containsExactly(33, 67, 100);
    }

    private static List<Integer> weights(String yaml) {
        return RolloutPlan.parse("plan", yaml).steps().stream()
                .map(RolloutStep::weight)
                .toList();
    }

    @Test
    void shouldRefuseUnknownKeysAndWrongTypesBySchema() throws IOException {
        assertThat(problems(START + "weights: 1\n")).isNotEmpty();
        assertThat(problems(START.replace("100", "ten"))).isNotEmpty();
        assertThat(problems(START + "deadline: 5\n")).isNotEmpty();
        assertThat(problems("steps: [{weight: 100}]\n")).isNotEmpty();
    }

    private static List<String> examples() throws IOException {
        Matcher block = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../../docs/reference/canaryDeploy.md")));
        List<String> examples = new ArrayList<>();
        while (block.find()) {
            if (block.group(1).contains("analysis:")) {
                examples.add(block.group(1));
            }
        }
        return examples;
    }

    private static Set<?> problems(String yaml) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
        return schema.validate(json(yaml).toString(), InputFormat.JSON);
    }

    private static JsonNode json(String yaml) {
        return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(yaml));
    }
}
