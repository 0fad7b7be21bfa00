package io.mldelivery.drift.report;

import io.mldelivery.drift.measure.ColumnMeasurement;
import io.mldelivery.drift.measure.SchemaFinding;
import io.mldelivery.drift.measure.Statistics;
import io.mldelivery.drift.verdict.ColumnVerdict;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.Outcome;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A drift check as one page that needs nothing else: no script, no font, no address. Columns are sorted by how bad they
 * are; filter and order work by style alone and by keyboard. The {@value #MOST_PLOTS} worst drifted columns have plots.
 */
public final class DriftPage {
    private static final int MOST_PLOTS = 100;

    private final DriftVerdict verdict;
    private final String reference;
    private final String current;

    private final DriftHistory history;

    private DriftPage(DriftVerdict verdict, DriftHistory history, String reference, String current) {
        this.history = history;
        this.verdict = verdict;
        this.reference = reference;
        this.current = current;
    }

    /** The page; {@code reference} and {@code current} say what was compared. */
    public static String of(DriftVerdict verdict, String reference, String current) {
        return of(verdict, DriftHistory.NONE, reference, current);
    }

    /** The same with the checks up to this one, which is the last. */
    public static String of(DriftVerdict verdict, DriftHistory history, String reference, String current) {
        return new DriftPage(verdict, history, reference, current).page();
    }

    private String page() {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>Drift check: "
                + verdict.outcome() + "</title><style>" + STYLE + "</style></head><body><main>" + head()
                + Trend.of(history) + list("The model", verdict.findings().performance(), DriftMarkdown::performance)
                + list("All columns together", verdict.findings().joint(), DriftMarkdown::joint)
                + list("Where drift concentrates", verdict.findings().segments(), DriftMarkdown::segment)
                + list("Columns that changed", verdict.measured().schema(), SchemaFinding::description)
                + list(
                        "Notes",
                        Stream.concat(verdict.measured().notes().stream(), verdict.findings().notes().stream())
                                .toList(),
                        note -> note)
                + table() + plots() + "</main></body></html>\n";
    }

    private String head() {
        var measured = verdict.measured();
        String sampled = measured.sampled()
                ? " Numbers were compared on a random sample of about "
                        + verdict.policy().sampling().rows() + " rows (seed "
                        + verdict.policy().sampling().seed() + ")."
                : "";
        return "<h1>Drift check <span class=\"" + verdict.outcome().name().toLowerCase(Locale.ROOT) + "\">"
                + verdict.outcome() + "</span></h1><p>" + Html.escape(verdict.reason()) + ".</p><p>Reference: <b>"
                + Html.escape(reference) + "</b>, " + rows(measured.referenceRows()) + ". Current: <b>"
                + Html.escape(current) + "</b>, " + rows(measured.currentRows()) + "." + sampled + "</p>";
    }

    private static String rows(long count) {
        return String.format(Locale.ROOT, "%,d rows", count);
    }

    private static <T> String list(String title, List<T> items, Function<T, String> words) {
        if (items.isEmpty()) {
            return "";
        }
        return "<h2>" + title + "</h2><ul>"
                + items.stream()
                        .map(item -> "<li>" + Html.escape(words.apply(item)) + "</li>")
                        .collect(Collectors.joining())
                + "</ul>";
    }

    private String table() {
        List<ColumnVerdict> columns = sorted();
        Map<String, Integer> byName = ranks(columns, Comparator.comparing(ColumnVerdict::name));
        Map<String, Integer> byPsi = ranks(columns, descending(all -> all.psi()));
        Map<String, Integer> byDistance = ranks(columns, descending(all -> all.jensenShannon()));
        String rows = columns.stream()
                .map(column -> row(
                        column,
                        "--n:" + byName.get(column.name()) + ";--p:" + byPsi.get(column.name()) + ";--j:"
                                + byDistance.get(column.name())))
                .collect(Collectors.joining("\n"));
        return "<h2>Columns</h2><form><fieldset><legend>Show</legend>" + choice("show", "all", "all", true)
                + choice("show", "bad", "drifted or undecided", false)
                + "</fieldset><fieldset><legend>Order by</legend>"
                + choice("order", "by-severity", "severity", true) + choice("order", "by-name", "name", false)
                + choice("order", "by-psi", "PSI", false) + choice("order", "by-js", "JS", false) + "</fieldset></form>"
                + "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Columns\"><table><thead><tr>"
                + "<th>Column<th>Kind<th>Outcome<th>Why<th>Missing<th>KS<th>PSI<th>JS<th>Wasserstein/sd"
                + "</tr></thead><tbody>\n" + rows + "</tbody></table></div>";
    }

    private static String choice(String name, String id, String label, boolean chosen) {
        return "<label><input type=\"radio\" name=\"" + name + "\" id=\"" + id + "\"" + (chosen ? " checked" : "")
                + "> " + label + "</label>";
    }

    private static Map<String, Integer> ranks(List<ColumnVerdict> columns, Comparator<ColumnVerdict> order) {
        Map<String, Integer> ranks = new HashMap<>();
        columns.stream().sorted(order).forEach(column -> ranks.put(column.name(), ranks.size()));
        return ranks;
    }

    private static Comparator<ColumnVerdict> descending(Function<Statistics, OptionalDouble> measure) {
        return Comparator.comparingDouble(column -> -column.measurement()
                .statistics()
                .map(measure)
                .orElse(OptionalDouble.empty())
                .orElse(-1));
    }

    private List<ColumnVerdict> sorted() {
        return verdict.columns().stream()
                .sorted(Comparator.comparing(DriftPage::rank)
                        .thenComparing(Comparator.comparingDouble(ColumnVerdict::severity)
                                .reversed()))
                .toList();
    }

    private static int rank(ColumnVerdict column) {
        boolean undecided =
                column.outcome().filter(found -> found == Outcome.INCONCLUSIVE).isPresent();
        return column.drifted() || !column.violations().isEmpty() ? 0 : undecided ? 1 : 2;
    }

    private String row(ColumnVerdict column, String ranks) {
        ColumnMeasurement measured = column.measurement();
        String why = Html.escape(column.reason()
                + column.violations().stream().map(text -> "; " + text).collect(Collectors.joining()));
        String word = column.drifted()
                ? "drifted"
                : List.of("violated", "undecided", "stable").get(rank(column));
        String shown = column.outcome().isPresent() || rank(column) == 0 ? word : "not judged";
        return "<tr class=\"" + word + "\" style=\"" + ranks + "\"><th scope=\"row\">" + Html.escape(column.name())
                + "<td>"
                + measured.kind().name().toLowerCase(Locale.ROOT) + "<td>" + shown + "<td class=\"why\">" + why
                + "<td>" + missing(measured) + statistics(measured);
    }

    private static String statistics(ColumnMeasurement column) {
        return column.statistics()
                .map(all -> cell(all.ks().map(test -> test.statistic()).orElse(Double.NaN))
                        + cell(all.psi().orElse(Double.NaN))
                        + cell(all.jensenShannon().orElse(Double.NaN))
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
                + "<span class=\"c\"></span> current; share of rows. On the right quantiles of the current data over those of"
                + " the reference.</p>" + more + "<div class=\"plots\">"
                + drifted.stream().limit(MOST_PLOTS).map(DriftPage::figure).collect(Collectors.joining("\n"))
                + "</div>";
    }

    private static String figure(ColumnVerdict column) {
        String picture = column.measurement()
                .plot()
                .map(plot -> Svg.of(column.name(), plot)
                        + (plot.referenceQuantiles().isEmpty() ? "" : Svg.quantiles(column.name(), plot)))
                .orElse("");
        return "<figure><figcaption><b>" + Html.escape(column.name()) + "</b> " + Html.escape(column.reason())
                + "</figcaption><div>" + picture + "</div></figure>";
    }

    private static final String STYLE = """
            body{margin:0;font:15px/1.45 system-ui,sans-serif;color:#1b1f24;background:#fff}
            main{max-width:1180px;margin:0 auto;padding:16px}
            h1 span{font-size:.7em;padding:2px 10px;border-radius:4px;color:#fff;background:#57606a}
            h1 .pass{background:#1a7f37}h1 .fail{background:#b42318}h1 .error{background:#b42318}h1 .inconclusive{background:#9a6700}
            .wide{overflow-x:auto}table{display:block;min-width:1080px}thead{display:block}tbody{display:flex;flex-direction:column}
            tr{display:grid;grid-template-columns:2fr 6.5em 6em 4fr 7.5em 5.2em 5.8em 5.8em 9.8em;border-bottom:1px solid #d8dee4}
            body:has(#by-name:checked) tbody tr{order:var(--n)}body:has(#by-psi:checked) tbody tr{order:var(--p)}
            body:has(#by-js:checked) tbody tr{order:var(--j)}
            fieldset{display:inline-block;border:0;padding:0;margin:0 2em .5em 0}legend{float:left;margin-right:1em;color:#57606a}
            th,td{text-align:left;padding:4px 10px 4px 0;overflow-wrap:anywhere}
            tr.drifted td:nth-child(3),tr.violated td:nth-child(3){color:#b42318;font-weight:600}
            tr.undecided td:nth-child(3){color:#9a6700}
            body:has(#bad:checked) tr.stable{display:none}
            label{margin-right:1em}
            .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(320px,1fr));gap:18px}
            figure{margin:0}figure div{display:flex;gap:10px}svg{width:100%;height:auto}svg.q{width:90px;flex:none}.q polyline{fill:none;stroke:#0969da;stroke-width:1.5}
            path.e{stroke:#c3ccd5;stroke-width:1}.trend{max-width:760px}.trend rect.pass{fill:#1a7f37}.trend rect.fail,.trend rect.error{fill:#b42318}.trend rect.inconclusive{fill:#9a6700}
            .trend polyline{fill:none;stroke:#0969da;stroke-width:1.5}svg text{font-size:10px;fill:#57606a}
            path.r{fill:#c3ccd5}path.c{fill:#0969da;fill-opacity:.35;stroke:#0969da;stroke-width:1}
            .key span{display:inline-block;width:12px;height:12px;margin-left:8px}.key .r{background:#c3ccd5}.key .c{background:#9cc3f0;border:1px solid #0969da}
            """;
}
