package io.mldelivery.drift.report;

import io.mldelivery.drift.finding.JointFinding;
import io.mldelivery.drift.finding.PerformanceFinding;
import io.mldelivery.drift.finding.Segment;
import io.mldelivery.drift.verdict.ColumnVerdict;
import io.mldelivery.drift.verdict.DriftVerdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The result as a short Markdown text, for a comment or a check on GitHub: what changed, the worst first. */
public final class DriftMarkdown {
    private static final int MOST_COLUMNS = 10;

    private DriftMarkdown() {}

    /** {@code reference} and {@code current} say what was compared. */
    public static String of(DriftVerdict verdict, String reference, String current) {
        var text = new StringBuilder("### Drift check: " + verdict.outcome() + "\n\n" + escape(verdict.reason())
                + ".\n\nReference `" + code(reference) + "` ("
                + rows(verdict.measured().referenceRows()) + "), current `"
                + code(current) + "` (" + rows(verdict.measured().currentRows()) + ").\n");
        columns(text, verdict.drifted());
        list(text, "Columns that changed", verdict.measured().schema().stream().map(found -> found.description()));
        list(text, "The model", verdict.findings().performance().stream().map(DriftMarkdown::performance));
        list(text, "All columns together", verdict.findings().joint().stream().map(DriftMarkdown::joint));
        list(
                text,
                "Where drift concentrates",
                verdict.findings().segments().stream().map(DriftMarkdown::segment));
        list(text, "Notes", Stream.concat(verdict.measured().notes().stream(), verdict.findings().notes().stream()));
        return text.toString();
    }

    private static String rows(long count) {
        return String.format(Locale.ROOT, "%,d rows", count);
    }

    private static void columns(StringBuilder text, List<ColumnVerdict> drifted) {
        if (drifted.isEmpty()) {
            return;
        }
        text.append("\n| column | why |\n|---|---|\n");
        drifted.stream()
                .limit(MOST_COLUMNS)
                .forEach(column -> text.append("| ")
                        .append(escape(column.name()))
                        .append(" | ")
                        .append(escape(column.reason()))
                        .append(" |\n"));
        if (drifted.size() > MOST_COLUMNS) {
            text.append("\n").append(drifted.size() - MOST_COLUMNS).append(" more columns drifted.\n");
        }
    }

    private static void list(StringBuilder text, String title, Stream<String> lines) {
        List<String> all = lines.toList();
        if (!all.isEmpty()) {
            text.append("\n**").append(title).append("**\n\n");
            all.forEach(line -> text.append("- ").append(escape(line)).append('\n'));
        }
    }

    static String performance(PerformanceFinding found) {
        return found.kind() + " " + found.metric() + " " + Html.number(found.reference()) + " → "
                + Html.number(found.current()) + " (" + Html.number(found.low()) + " to " + Html.number(found.high())
                + ")" + (found.worse() ? ", worse than tolerated" : "") + "; " + found.detail();
    }

    static String joint(JointFinding found) {
        String causes = String.join(
                ", ",
                found.causes().stream()
                        .map(cause -> cause.column() + String.format(Locale.ROOT, " %.0f %%", 100 * cause.share()))
                        .toList());
        String p = found.pValue().isPresent() && found.pValue().getAsDouble() < 1e-300
                ? "p < 1e-300"
                : "p " + Html.number(found.pValue().orElse(1));
        return found.analysis() + " on " + found.subject() + ": " + Html.number(found.value())
                + (found.value() >= found.threshold() ? " ≥ " : " < ") + Html.number(found.threshold()) + ", " + p
                + (found.drifted() ? ", drifted" : "") + (causes.isEmpty() ? "" : "; by " + causes)
                + (found.detail().isEmpty() ? "" : "; " + found.detail());
    }

    static String segment(Segment found) {
        return found.column() + " where " + found.member() + ": distance " + Html.number(found.inside())
                + ", elsewhere " + Html.number(found.outside()) + " (" + found.rows() + " rows)";
    }

    private static String code(String text) {
        return text.replace("`", "'").replace('\n', ' ');
    }

    private static String escape(String text) {
        return text.replaceAll("([\\\\`*_{}\\[\\]<>|#])", "\\\\$1").replace('\n', ' ');
    }
}
