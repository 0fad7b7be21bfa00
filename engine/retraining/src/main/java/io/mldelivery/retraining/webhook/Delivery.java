package io.mldelivery.retraining.webhook;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One HTTP request that brings an event, as it came in.
 *
 * @param headers one value a name; names in any case
 * @param body the bytes as sent: a signature covers exactly these
 */
public record Delivery(Map<String, String> headers, byte[] body) {
    public Delivery {
        Map<String, String> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.putAll(headers);
        headers = ignoringCase;
        body = body.clone();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::trim).filter(value -> !value.isEmpty());
    }
}
