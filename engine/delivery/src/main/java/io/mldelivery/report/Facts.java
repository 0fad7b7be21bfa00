package io.mldelivery.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.model.Outcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads event data that may lack anything: a report shows what is there and never fails on what is not. */
final class Facts {
    static final String RUNNING = "RUNNING";

    private Facts() {}

    static Optional<String> find(JsonNode data, String key) {
        JsonNode value = data.path(key);
        return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
                ? Optional.of(value.asText())
                : Optional.empty();
    }

    static String text(JsonNode data, String key) {
        return find(data, key).orElse("?");
    }

    /** The event's outcome; a word that is no outcome is an error, never a pass. */
    static String outcome(JsonNode data) {
        String word = find(data, "outcome").orElse("");
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().equals(word)) {
                return word;
            }
        }
        return Outcome.ERROR.name();
    }

    /** Four significant digits, large numbers in full, without an exponent for ordinary sizes. */
    static String number(JsonNode value) {
        if (!value.isNumber()) {
            return value.asText();
        }
        BigDecimal exact = value.decimalValue();
        BigDecimal rounded = exact.abs().compareTo(BigDecimal.valueOf(1000)) < 0
                ? exact.round(new MathContext(4)).stripTrailingZeros()
                : exact.setScale(0, RoundingMode.HALF_EVEN);
        return rounded.precision() > 15 || rounded.scale() > 9
                ? rounded.round(new MathContext(4)).toString()
                : rounded.toPlainString();
    }

    static Optional<String> seconds(JsonNode data, String key) {
        return data.path(key).isNumber() ? Optional.of(number(data.path(key)) + " s") : Optional.empty();
    }

    /** {@code a 1, b 2 and 3 more} of an object's first entries. */
    static String numbers(JsonNode object, int atMost) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (parts.size() < atMost) {
                parts.add(entry.getKey() + " " + number(entry.getValue()));
            }
        }
        int more = object.size() - parts.size();
        return String.join(", ", parts) + (more == 0 ? "" : " and " + more + " more");
    }
}
