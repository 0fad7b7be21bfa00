package io.mldelivery.drift.report;

import io.mldelivery.drift.verdict.ColumnVerdict;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.Outcome;
import java.time.Instant;
import java.util.Locale;

/**
 * The result in Prometheus' text format, for the textfile collector of the node exporter or for a Pushgateway. Columns
 * are those that were judged, the worst first, at most {@value #MOST_COLUMNS}.
 */
public final class DriftMetrics {
    private static final int MOST_COLUMNS = 500;

    private DriftMetrics() {}

    /** {@code model} is the label of that name; may be empty. */
    public static String of(DriftVerdict verdict, String model, Instant at) {
        var text = new StringBuilder();
        String label = "model=\"" + escape(model) + '"';
        head(text, "outcome", "Outcome of the last drift check: 1 for the one it had.");
        for (Outcome outcome : Outcome.values()) {
            line(
                    text,
                    "outcome",
                    label + ",outcome=\"" + outcome.name().toLowerCase(Locale.ROOT) + '"',
                    outcome == verdict.outcome() ? 1 : 0);
        }
        head(text, "columns", "Columns that the last drift check judged.");
        line(
                text,
                "columns",
                label,
                verdict.columns().stream()
                        .filter(column -> column.outcome().isPresent())
                        .count());
        head(text, "drifted_columns", "Columns that drifted in the last drift check.");
        line(text, "drifted_columns", label, verdict.drifted().size());
        head(text, "current_rows", "Rows of the data that the last drift check judged.");
        line(text, "current_rows", label, verdict.measured().currentRows());
        head(text, "check_timestamp_seconds", "When the last drift check was made.");
        line(text, "check_timestamp_seconds", label, at.getEpochSecond());
        columns(text, verdict, label);
        performance(text, verdict, label);
        return text.toString();
    }

    private static void columns(StringBuilder text, DriftVerdict verdict, String label) {
        head(text, "severity", "How far a column is beyond its threshold (1: at it), times its importance.");
        verdict.columns().stream()
                .filter(column -> column.value().isPresent() && column.outcome().isPresent())
                .sorted(java.util.Comparator.comparingDouble(ColumnVerdict::severity)
                        .reversed())
                .limit(MOST_COLUMNS)
                .forEach(column -> line(
                        text,
                        "severity",
                        label + ",column=\"" + escape(column.name()) + "\",method=\""
                                + column.rule().method() + '"',
                        column.severity()));
    }

    private static void performance(StringBuilder text, DriftVerdict verdict, String label) {
        if (verdict.findings().performance().isEmpty()) {
            return;
        }
        head(text, "performance", "The model's quality on the current data.");
        verdict.findings()
                .performance()
                .forEach(found -> line(
                        text,
                        "performance",
                        label + ",metric=\"" + found.metric() + "\",kind=\"" + found.kind() + '"',
                        found.current()));
    }

    private static void head(StringBuilder text, String name, String help) {
        text.append("# HELP mldelivery_drift_")
                .append(name)
                .append(' ')
                .append(help)
                .append("\n# TYPE mldelivery_drift_")
                .append(name)
                .append(" gauge\n");
    }

    private static void line(StringBuilder text, String name, String labels, double value) {
        String number = value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
        text.append("mldelivery_drift_")
                .append(name)
                .append('{')
                .append(labels)
                .append("} ")
                .append(number)
                .append('\n');
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
