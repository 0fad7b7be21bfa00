package io.mldelivery.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON as the signature of an update site covers it: keys sorted, no blanks; of the characters only quotes, backslashes and control
 * characters are escaped, the last always as {@code \}{@code u00xx}. It is the form that Jenkins' JSON library computes before it checks.
 */
final class CanonicalJson {
    private CanonicalJson() {}

    static String of(JsonNode value) {
        if (value.isObject()) {
            return object(value);
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(of(item)));
            return "[" + String.join(",", items) + "]";
        }
        return value.isTextual() ? quoted(value.textValue()) : value.toString();
    }

    private static String object(JsonNode value) {
        List<String> names = new ArrayList<>();
        value.fieldNames().forEachRemaining(names::add);
        return "{"
                + String.join(
                        ",",
                        names.stream()
                                .sorted()
                                .map(name -> quoted(name) + ":" + of(value.get(name)))
                                .toList())
                + "}";
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return out.append('"').toString();
    }
}
