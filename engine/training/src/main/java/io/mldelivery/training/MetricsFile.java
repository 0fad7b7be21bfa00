package io.mldelivery.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a training's metrics: one flat JSON object of numbers. NaN and Infinity are read as Python writes them. */
final class MetricsFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private MetricsFile() {}

    static Map<String, Double> read(String name, Path file) throws IOException {
        JsonNode root = parse(name, Files.readString(file));
        if (!root.isObject()) {
            throw wrong(name, "is not an object of numbers");
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> fields = root.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!field.getValue().isNumber()) {
                throw wrong(name, "has '" + field.getKey() + "', which is not a number");
            }
            metrics.put(field.getKey(), field.getValue().asDouble());
        }
        return metrics;
    }

    private static JsonNode parse(String name, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong(
                    name,
                    "is broken in line " + e.getLocation().getLineNr() + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    private static DeliveryException wrong(String name, String problem) {
        return new DeliveryException(
                Code.DATA,
                "the metrics file " + name + " " + problem,
                "Let the training write one flat object, such as {\"roc_auc\": 0.71, \"log_loss\": 0.49}.");
    }
}
