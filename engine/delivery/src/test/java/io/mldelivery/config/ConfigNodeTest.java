package io.mldelivery.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigNodeTest {
    private static ConfigNode parse(String yaml) {
        return ConfigNode.parse("gate.yaml", yaml);
    }

    private static ThrowableAssertAlternative<DeliveryException> assertRefused(String yaml, Consumer<ConfigNode> use) {
        return assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> use.accept(parse(yaml)))
                .matches(e -> e.code() == Code.CONFIG)
                .matches(e -> !e.advice().isBlank());
    }

    @Nested
    class Values {
        @Test
        void shouldReadEveryKindOfValue() {
            ConfigNode root = parse("""
                    name: late-flights
                    minimum: 0.8
                    rows: 10_000
                    strict: yes
                    wait: 1.5s
                    list: [1, 2]
                    """);

            assertThat(root.get("name").text()).isEqualTo("late-flights");
            assertThat(root.get("minimum").number()).isEqualTo(0.8);
            assertThat(root.get("rows").integer()).isEqualTo(10_000);
            assertThat(root.get("strict").bool()).isTrue();
            assertThat(root.get("wait").duration()).isEqualTo(Duration.ofMillis(1500));
            assertThat(root.get("list").items()).extracting(ConfigNode::integer).containsExactly(1L, 2L);
        }

        @Test
        void shouldReadJsonAndUtf8Bytes() {
            byte[] json = "{\"städte\": [\"Zürich\"]}".getBytes(StandardCharsets.UTF_8);

            ConfigNode root = ConfigNode.parse("a.json", json);

            assertThat(root.get("städte").items().get(0).text()).isEqualTo("Zürich");
        }

        @Test
        void shouldTreatNullAsAbsent() {
            ConfigNode root = parse("a: ~\nb:\n");

            assertThat(root.find("a")).isEmpty();
            assertThat(root.findText("b")).isEmpty();
            assertThat(root.findNumber("c")).isEmpty();
            assertThat(root.findInteger("c")).isEmpty();
            assertThat(root.findDuration("c")).isEmpty();
            assertThat(root.findBool("c")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"500ms, 500", "30s, 30000", "5m, 300000", "2h, 7200000", "1d, 86400000", "0.5 s, 500"})
        void shouldReadDurations(String text, long millis) {
            assertThat(parse("d: " + text).get("d").duration()).hasMillis(millis);
        }

        @ParameterizedTest
        @ValueSource(strings = {"30", "-1s", "1w", "s", "1s2s"})
        void shouldRefuseOtherDurations(String text) {
            assertRefused("d: " + text, root -> root.get("d").duration()).withMessageContaining("500ms, 30s");
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", ".nan", "NaN", "1d", "0.8f", "''", "[1]", "{a: 1}"})
        void shouldRefuseWhatIsNoNumber(String text) {
            assertRefused("limit: " + text, root -> root.get("limit").number())
                    .withMessageContaining("gate.yaml:1:8: limit: expected a number");
        }

        @Test
        void shouldReadInfinity() {
            assertThat(parse("a: .inf").get("a").number()).isInfinite().isPositive();
            assertThat(parse("a: -.inf").get("a").number()).isInfinite().isNegative();
        }

        @ParameterizedTest
        @ValueSource(strings = {"1.5", "1e3", "99999999999999999999"})
        void shouldRefuseWhatIsNoWholeNumber(String text) {
            assertRefused("n: " + text, root -> root.get("n").integer()).withMessageContaining(text);
        }

        @Test
        void shouldReadChoicesInEitherSpelling() {
            assertThat(parse("c: not-found").get("c").choice(Choice.class)).isEqualTo(Choice.NOT_FOUND);
            assertThat(parse("c: NOT_FOUND").get("c").choice(Choice.class)).isEqualTo(Choice.NOT_FOUND);
            assertRefused("c: lost", root -> root.get("c").choice(Choice.class))
                    .withMessageContaining("found, not-found");
        }

        private enum Choice {
            FOUND,
            NOT_FOUND
        }
    }

    @Nested
    class Places {
        private static final String POLICY = """
                rules:
                - {metric: roc_auc, kind: threshold, min: 0.8}
                - metric: recall
                  min: high
                """;

        @Test
        void shouldNameFileLineColumnAndPath() {
            assertRefused(
                            POLICY,
                            root -> root.get("rules").items().get(1).get("min").number())
                    .withMessageContaining("gate.yaml:4:8: rules[1].min: expected a number, got 'high'");
        }

        @Test
        void shouldPointAtAnUnknownKeyAndOfferTheNearest() {
            assertRefused("rules: []\nfirstVersoin: allow\n", root -> root.rejectUnknownKeys("rules", "firstVersion"))
                    .withMessageContaining("gate.yaml:2:1: unknown key 'firstVersoin'")
                    .withMessageContaining("Did you mean firstVersion?");
        }

        @Test
        void shouldListTheKnownKeysWhenNoneIsNear() {
            assertRefused("banana: 1", root -> root.rejectUnknownKeys("rules", "firstVersion"))
                    .withMessageContaining("Known keys: firstVersion, rules.");
        }

        @Test
        void shouldAcceptKnownKeys() {
            assertThat(parse("a: 1\nb: 2").rejectUnknownKeys("b", "a", "c").keys())
                    .containsExactly("a", "b");
        }

        @Test
        void shouldSayWhichKeyIsMissing() {
            assertRefused(
                            "rules:\n- {min: 1}\n",
                            root -> root.get("rules").items().get(0).get("metric"))
                    .withMessageContaining("gate.yaml:2:3: rules[0]: the key 'metric' is missing");
        }

        @Test
        void shouldSayWhatWasExpected() {
            assertRefused("rules: {}", root -> root.get("rules").items()).withMessageContaining("expected a list");
            assertRefused("rules: []", root -> root.get("rules").keys()).withMessageContaining("keys and values");
            assertRefused("name: [a]", root -> root.get("name").text()).withMessageContaining("expected a text");
            assertRefused("on: 7", root -> root.get("on").bool()).withMessageContaining("expected true or false");
        }
    }

    @Nested
    class Malformed {
        @Test
        void shouldGiveLineAndColumnOfBrokenYaml() {
            assertRefused("rules:\n  - metric: 'roc\n", root -> {})
                    .withMessageStartingWith("gate.yaml:3:1: not valid YAML: ");
        }

        @Test
        void shouldRefuseAnEmptyFile() {
            assertRefused("# nothing\n", root -> {}).withMessageContaining("gate.yaml: the file is empty");
        }

        @Test
        void shouldRefuseSeveralDocuments() {
            assertRefused("a: 1\n---\nb: 2\n", root -> {}).withMessageContaining("gate.yaml:");
        }

        @Test
        void shouldRefuseAKeyThatStandsTwice() {
            assertRefused("min: 1\nmin: 2\n", root -> {})
                    .withMessageContaining("gate.yaml:2:1")
                    .withMessageContaining("the key 'min' stands here a second time");
        }

        @Test
        void shouldRefuseKeysThatAreNotText() {
            assertRefused("? [a, b]\n: 1\n", root -> {}).withMessageContaining("a key must be a plain text");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]",
                    "!!java.net.URL ['http://127.0.0.1/']",
                    "!custom 1",
                    "!!binary aGk=",
                    "!!set {a, b}"
                })
        void shouldRefuseTags(String value) {
            assertRefused("a: " + value, root -> {})
                    .withMessageContaining("gate.yaml:1:4")
                    .withMessageMatching("(?si).*tag .* is not allowed.*|.*tag is not allowed.*");
        }

        @Test
        void shouldRefuseControlCharacters() {
            assertRefused("a: \u0000", root -> {}).withMessageContaining("gate.yaml");
        }
    }

    @Nested
    class Bombs {
        @Test
        void shouldRefuseABillionLaughs() {
            var yaml = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
            for (int i = 1; i < 9; i++) {
                String ten = ("*a" + (i - 1) + ", ").repeat(10);
                yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ten));
            }

            assertRefused(yaml.toString(), root -> {}).withMessageContaining("gate.yaml: ");
        }

        @Test
        void shouldRefuseDoublingAliases() {
            var yaml = new StringBuilder("a0: &a0 {x: 1}\n");
            for (int i = 1; i < 30; i++) {
                yaml.append("a%d: &a%d {l: *a%d, r: *a%d}\n".formatted(i, i, i - 1, i - 1));
            }

            assertRefused(yaml.toString(), root -> {}).withMessageContaining("gate.yaml: ");
        }

        @Test
        void shouldRefuseATreeThatContainsItself() {
            assertRefused("a: &a [*a]", root -> {}).withMessageContaining("gate.yaml: aliases expand");
        }

        @Test
        void shouldRefuseDeepNesting() {
            assertRefused("[".repeat(10_000), root -> {}).withMessageContaining("gate.yaml");
        }

        @Test
        void shouldRefuseHugeFiles() {
            assertRefused("a: '" + "x".repeat(4_100_000) + "'", root -> {})
                    .withMessageContaining("Make the file smaller");
        }

        @Test
        void shouldAllowOrdinaryAnchors() {
            ConfigNode root = parse("base: &b {min: 1}\nother: *b\n");

            assertThat(root.get("other").get("min").integer()).isEqualTo(1);
        }
    }
}
