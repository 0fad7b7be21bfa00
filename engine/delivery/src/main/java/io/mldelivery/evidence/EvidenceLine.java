package io.mldelivery.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How one event stands in the file: compact JSON with exactly five keys in this order. */
final class EvidenceLine {
    private static final List<String> KEYS = List.of("seq", "time", "type", "data", "prev");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EvidenceLine() {}

    static JsonNode tree(Object data) {
        return JSON.valueToTree(data);
    }

    static String format(EvidenceEvent event) {
        ObjectNode node = JSON.createObjectNode();
        node.put("seq", event.sequence());
        node.put("time", event.time().toString());
        node.put("type", event.type());
        node.set("data", event.data());
        node.put("prev", event.previous());
        return node.toString();
    }

    /** The event on this line; empty when it is not exactly what {@link #format} writes. */
    static Optional<EvidenceEvent> parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return isEvent(node) ? Optional.of(event(node)) : Optional.empty();
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty(); // the caller knows file and line, and reports them
        }
    }

    private static boolean isEvent(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys.equals(KEYS)
                && node.get("seq").isIntegralNumber()
                && node.get("time").isTextual()
                && node.get("type").isTextual()
                && node.get("prev").isTextual();
    }

    private static EvidenceEvent event(JsonNode node) {
        return new EvidenceEvent(
                node.get("seq").asLong(),
                Instant.parse(node.get("time").asText()),
                node.get("type").asText(),
                node.get("data"),
                node.get("prev").asText());
    }
}
