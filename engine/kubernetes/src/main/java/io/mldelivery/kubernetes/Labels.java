package io.mldelivery.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/** Label selectors of the simple kind: {@code key=value} and {@code key}, separated by commas. Pure. */
final class Labels {
    private Labels() {}

    /** @param selector empty: everything matches */
    static boolean match(JsonNode object, String selector) {
        JsonNode labels = object.path("metadata").path("labels");
        for (String one : selector.split(",")) {
            int equals = one.indexOf('=');
            String key = equals < 0 ? one : one.substring(0, equals);
            boolean matches = one.isEmpty()
                    || labels.has(key)
                            && (equals < 0 || labels.path(key).asText().equals(one.substring(equals + 1)));
            if (!matches) {
                return false;
            }
        }
        return true;
    }
}
