package io.mldelivery.serving.metrics;

import java.util.ArrayList;
import java.util.List;

/** Labels of one series: names and values in turn, and their text in Prometheus' form without braces; empty for none. */
public record Labels(List<String> pairs, String text) {

    public static final Labels NONE = new Labels(List.of(), "");

    public Labels {
        pairs = List.copyOf(pairs);
    }

    /** Pairs of name and value. */
    public static Labels of(String... pairs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(pair(pairs[i], pairs[i + 1]));
        }
        return new Labels(List.of(pairs), text.toString());
    }

    public Labels and(String name, String value) {
        List<String> more = new ArrayList<>(pairs);
        more.add(name);
        more.add(value);
        return new Labels(more, text.isEmpty() ? pair(name, value) : text + "," + pair(name, value));
    }

    private static String pair(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    String braced() {
        return text.isEmpty() ? "" : "{" + text + "}";
    }
}
