package io.mldelivery.retraining.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deliveries that real servers sent, with the secrets they signed with, and GitHub's documented example. */
final class RecordedDeliveries {
    private static final JsonNode ALL = read();

    private RecordedDeliveries() {}

    private static JsonNode read() {
        try (InputStream in = RecordedDeliveries.class.getResourceAsStream("deliveries.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("deliveries.json", e);
        }
    }

    static JsonNode githubExample() {
        return ALL.get("github");
    }

    static String secret(String sender) {
        return ALL.get(sender).get("secret").asText();
    }

    static List<Delivery> of(String sender) {
        List<Delivery> deliveries = new ArrayList<>();
        for (JsonNode recorded : ALL.get(sender).get("deliveries")) {
            Map<String, String> headers = new LinkedHashMap<>();
            recorded.get("headers")
                    .properties()
                    .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
            deliveries.add(new Delivery(headers, recorded.get("body").asText().getBytes(StandardCharsets.UTF_8)));
        }
        return deliveries;
    }

    static Delivery with(Delivery delivery, String header, String value) {
        Map<String, String> headers = new LinkedHashMap<>(delivery.headers());
        headers.put(header, value);
        return new Delivery(headers, delivery.body());
    }

    static Delivery without(Delivery delivery, String header) {
        Map<String, String> headers = new LinkedHashMap<>(delivery.headers());
        headers.remove(header);
        return new Delivery(headers, delivery.body());
    }
}
