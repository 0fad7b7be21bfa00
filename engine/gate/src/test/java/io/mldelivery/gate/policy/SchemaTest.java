package io.mldelivery.gate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The published JSON schema of the policy says what the parser accepts. */
class SchemaTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static JsonNode schema() throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("../../resources/io/mldelivery/gate-policy.schema.json")
                        .toFile());
    }

    /** A value that the schema of one key allows. */
    private static JsonNode example(String key, JsonNode schema) {
        if (schema.has("examples")) {
            return schema.get("examples").get(0);
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return key.equals("check")
                    ? NODES.textNode("nulls")
                    : schema.get("enum").get(0);
        }
        return switch (schema.path("type").asText()) {
            case "number" -> NODES.numberNode(0.25);
            case "integer" -> NODES.numberNode(40);
            case "array" -> NODES.arrayNode().add("id");
            default -> NODES.textNode(key.equals("metric") ? "accuracy" : "x");
        };
    }

    private static ObjectNode policy(JsonNode kind) {
        ObjectNode rule = NODES.objectNode();
        kind.get("properties").properties().forEach(e -> rule.set(e.getKey(), example(e.getKey(), e.getValue())));
        ObjectNode policy = NODES.objectNode();
        policy.putArray("rules").add(rule);
        return policy;
    }

    @Test
    void shouldOfferOnlyKeysThatTheParserKnows() throws IOException {
        for (JsonNode kind : schema().at("/properties/rules/items/oneOf")) {
            GatePolicy policy = GatePolicy.parse("policy.json", policy(kind).toString());
            assertThat(policy.rules().get(0).kind()).isEqualTo(kind.get("title").asText());
        }
    }

    @Test
    void shouldOfferEveryKind() throws IOException {
        Set<String> kinds = new TreeSet<>();
        schema().at("/properties/rules/items/oneOf")
                .forEach(kind -> kinds.add(kind.get("title").asText()));
        assertThatThrownBy(() -> GatePolicy.parse("p", "rules: [{metric: a, kind: none-such, min: 1}]"))
                .satisfies(e -> {
                    String known = e.getMessage().replaceAll("(?s).*Use one of (.*)\\..*", "$1");
                    assertThat(kinds).containsExactlyInAnyOrder(known.split(", "));
                });
    }

    @Test
    void shouldOfferOnlyPolicyKeysThatTheParserKnows() throws IOException {
        ObjectNode policy = policy(schema().at("/properties/rules/items/oneOf").get(0));
        schema().get("properties").properties().stream()
                .filter(e -> !e.getKey().equals("rules") && !e.getKey().equals("predictions"))
                .forEach(e -> policy.set(e.getKey(), example(e.getKey(), e.getValue())));
        ObjectNode columns = policy.putObject("predictions");
        schema().at("/properties/predictions/properties")
                .properties()
                .forEach(e -> columns.set(e.getKey(), example(e.getKey(), e.getValue())));
        assertThat(GatePolicy.parse("policy.json", policy.toString()).columns().task())
                .contains(PredictionColumns.Task.BINARY);
    }
}
