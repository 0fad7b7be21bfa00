package io.mldelivery.drift.report;

import io.mldelivery.drift.verdict.ColumnVerdict;
import io.mldelivery.drift.verdict.DriftVerdict;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The result as plain text for a terminal or a build log: one line a column, the worst first. */
public final class DriftText {
    private static final int MOST_COLUMNS = 40;

    private DriftText() {}

    public static String of(DriftVerdict verdict) {
        StringBuilder text = new StringBuilder(verdict.outcome() + ": " + verdict.reason());
        verdict.measured()
                .schema()
                .forEach(finding -> text.append(System.lineSeparator())
                        .append("  schema     ")
                        .append(finding.description()));
        verdict.findings().performance().forEach(found -> add(text, "model", DriftMarkdown.performance(found)));
        verdict.findings().joint().forEach(found -> add(text, "together", DriftMarkdown.joint(found)));
        verdict.findings().segments().forEach(found -> add(text, "segment", DriftMarkdown.segment(found)));
        verdict.measured().notes().forEach(note -> add(text, "note", note));
        verdict.findings().notes().forEach(note -> add(text, "note", note));
        List<ColumnVerdict> columns = verdict.columns().stream()
                .sorted(Comparator.comparing((ColumnVerdict column) -> !column.drifted())
                        .thenComparing(Comparator.comparingDouble(ColumnVerdict::severity)
                                .reversed()))
                .toList();
        columns.stream()
                .limit(MOST_COLUMNS)
                .forEach(column -> text.append(System.lineSeparator()).append(line(column)));
        if (columns.size() > MOST_COLUMNS) {
            text.append(System.lineSeparator())
                    .append("  … ")
                    .append(columns.size() - MOST_COLUMNS)
                    .append(" more");
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String word, String line) {
        text.append(System.lineSeparator()).append(String.format(Locale.ROOT, "  %-10s %s", word, line));
    }

    private static String line(ColumnVerdict column) {
        String state = column.outcome()
                .map(outcome -> switch (outcome) {
                    case PASS -> "stable";
                    case FAIL -> "DRIFTED";
                    case INCONCLUSIVE -> "undecided";
                    case ERROR -> "error";
                })
                .orElse("not judged");
        return String.format(Locale.ROOT, "  %-10s %s: %s", state, column.name(), column.reason())
                + String.join(
                        "",
                        column.violations().stream()
                                .map(violation -> "; " + violation)
                                .toList());
    }
}
