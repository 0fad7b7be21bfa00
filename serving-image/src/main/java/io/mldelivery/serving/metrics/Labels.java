package io.mldelivery.serving.metrics;

/** Labels of one series, already in Prometheus' text form without braces; empty for none. */
public record Labels(String text) {

    public static final Labels NONE = new Labels("");

    /** Pairs of name and value. */
    public static Labels of(String... pairs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : ",")
                    .append(pairs[i])
                    .append("=\"")
                    .append(escape(pairs[i + 1]))
                    .append('"');
        }
        return new Labels(text.toString());
    }

    public Labels and(String name, String value) {
        String added = name + "=\"" + escape(value) + "\"";
        return new Labels(text.isEmpty() ? added : text + "," + added);
    }

    String braced() {
        return text.isEmpty() ? "" : "{" + text + "}";
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
