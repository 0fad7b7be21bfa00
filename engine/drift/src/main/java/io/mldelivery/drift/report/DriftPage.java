package io.mldelivery.drift.report;

import io.mldelivery.drift.measure.ColumnMeasurement;
import io.mldelivery.drift.measure.SchemaFinding;
import io.mldelivery.drift.verdict.ColumnVerdict;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A drift check as one page that needs nothing else: no script, no font, no address. Columns are sorted by how far they
 * are beyond their threshold; filters work by style alone. The {@value #MOST_PLOTS} worst drifted columns have a plot.
 */
public final class DriftPage {
    private static final int MOST_PLOTS = 200;

    private final DriftVerdict verdict;
    private final String reference;
    private final String current;

    private DriftPage(DriftVerdict verdict, String reference, String current) {
        this.verdict = verdict;
        this.reference = reference;
        this.current = current;
    }

    /** The page; {@code reference} and {@code current} say what was compared. */
    public static String of(DriftVerdict verdict, String reference, String current) {
        return new DriftPage(verdict, reference, current).page();
    }

    private String page() {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>Drift check: "
                + verdict.outcome() + "</title><style>" + STYLE + "</style></head><body><main>" + head() + schema()
                + table() + plots() + "</main></body></html>\n";
    }

    private String head() {
        var measured = verdict.measured();
        String sampled = measured.sampled()
                ? " Numbers were compared on a random sample of about " + verdict.policy().sampling().rows()
                        + " rows (seed " + verdict.policy().sampling().seed() + ")."
                : "";
        return "<h1>Drift check <span class=\"" + verdict.outcome().name().toLowerCase(Locale.ROOT) + "\">"
                + verdict.outcome() + "</span></h1><p>" + Html.escape(verdict.reason()) + ".</p><p>Reference: <b>"
                + Html.escape(reference) + "</b>, " + rows(measured.referenceRows()) + ". Current: <b>"
                + Html.escape(current) + "</b>, " + rows(measured.currentRows()) + "." + sampled + "</p>";
    }

    private static String rows(long count) {
        return String.format(Locale.ROOT, "%,d rows", count);
    }

    private String schema() {
        List<SchemaFinding> findings = verdict.measured().schema();
        if (findings.isEmpty()) {
            return "";
        }
        return "<h2>Columns that changed</h2><ul>"
                + findings.stream()
                        .map(finding -> "<li>" + Html.escape(finding.description()) + "</li>")
                        .collect(Collectors.joining())
                + "</ul>";
    }

    private String table() {
        String rows = sorted().stream().map(this::row).collect(Collectors.joining("\n"));
        return "<h2>Columns</h2><form><label><input type=\"radio\" name=\"show\" id=\"all\" checked> all</label> "
                + "<label><input type=\"radio\" name=\"show\" id=\"bad\"> drifted or undecided</label></form>"
                + "<div class=\"wide\"><table><thead><tr><th>Column<th>Kind<th>Outcome<th>Why"
                + "<th>Missing<th>KS<th>PSI<th>JS<th>Wasserstein/sd"
                + "</tr></thead><tbody>\n" + rows + "</tbody></table></div>";
    }

    private List<ColumnVerdict> sorted() {
        return verdict.columns().stream()
                .sorted(Comparator.comparing(DriftPage::rank)
                        .thenComparing(Comparator.comparingDouble(ColumnVerdict::severity).reversed()))
                .toList();
    }

    private static int rank(ColumnVerdict column) {
        boolean undecided = column.outcome().filter(found -> found == Outcome.INCONCLUSIVE).isPresent();
        return column.drifted() || !column.violations().isEmpty() ? 0 : undecided ? 1 : 2;
    }

    private String row(ColumnVerdict column) {
        ColumnMeasurement measured = column.measurement();
        String why = Html.escape(column.reason()
                + column.violations().stream().map(text -> "; " + text).collect(Collectors.joining()));
        String word = column.drifted() ? "drifted" : List.of("violated", "undecided", "stable").get(rank(column));
        String shown = column.outcome().isPresent() || rank(column) == 0 ? word : "not judged";
        return "<tr class=\"" + word + "\"><th scope=\"row\">" + Html.escape(column.name()) + "<td>"
                + measured.kind().name().toLowerCase(Locale.ROOT) + "<td>" + shown + "<td class=\"why\">" + why
                + "<td>" + missing(measured) + statistics(measured);
    }

    private static String statistics(ColumnMeasurement column) {
        return column.statistics()
                .map(all -> cell(all.ks().map(test -> test.statistic()).orElse(Double.NaN))
                        + cell(all.psi().orElse(Double.NaN)) + cell(all.jensenShannon().orElse(Double.NaN))
                        + cell(all.wassersteinNormed().orElse(Double.NaN)))
                .orElse("<td><td><td><td>");
    }

    private static String cell(double value) {
        return "<td>" + (Double.isNaN(value) ? "" : Html.number(value));
    }

    /** The shares of missing values before and now; nothing when there are none. */
    private static String missing(ColumnMeasurement column) {
        double before = column.reference().nullShare();
        double now = column.current().nullShare();
        return before + now == 0 ? "" : percent(before) + " → " + percent(now);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private String plots() {
        List<ColumnVerdict> drifted = verdict.drifted();
        if (drifted.isEmpty()) {
            return "";
        }
        String more = drifted.size() > MOST_PLOTS
                ? "<p>The " + MOST_PLOTS + " worst of " + drifted.size() + " drifted columns.</p>"
                : "";
        return "<h2>Drifted columns</h2><p class=\"key\"><span class=\"r\"></span> reference "
                + "<span class=\"c\"></span> current; share of rows</p>" + more + "<div class=\"plots\">"
                + drifted.stream().limit(MOST_PLOTS).map(DriftPage::figure).collect(Collectors.joining("\n"))
                + "</div>";
    }

    private static String figure(ColumnVerdict column) {
        String picture = column.measurement().plot().map(plot -> Svg.of(column.name(), plot)).orElse("");
        return "<figure><figcaption><b>" + Html.escape(column.name()) + "</b> " + Html.escape(column.reason())
                + "</figcaption>" + picture + "</figure>";
    }

    private static final String STYLE = """
            body{margin:0;font:15px/1.45 system-ui,sans-serif;color:#1b1f24;background:#fff}
            main{max-width:1180px;margin:0 auto;padding:16px}
            h1 span{font-size:.7em;padding:2px 10px;border-radius:4px;color:#fff;background:#57606a}
            h1 .pass{background:#1a7f37}h1 .fail{background:#b42318}h1 .error{background:#b42318}h1 .inconclusive{background:#9a6700}
            .wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
            th,td{text-align:left;padding:4px 10px 4px 0;border-bottom:1px solid #d8dee4;vertical-align:top;white-space:nowrap}
            td.why{white-space:normal;min-width:16em}
            tr.drifted td:nth-child(3),tr.violated td:nth-child(3){color:#b42318;font-weight:600}
            tr.undecided td:nth-child(3){color:#9a6700}
            body:has(#bad:checked) tr.stable{display:none}
            label{margin-right:1em}
            .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(320px,1fr));gap:18px}
            figure{margin:0}svg{width:100%;height:auto}svg text{font-size:10px;fill:#57606a}
            path.r{fill:#c3ccd5}path.c{fill:#0969da;fill-opacity:.35;stroke:#0969da;stroke-width:1}
            .key span{display:inline-block;width:12px;height:12px;margin-left:8px}.key .r{background:#c3ccd5}.key .c{background:#9cc3f0;border:1px solid #0969da}
            """;
}
