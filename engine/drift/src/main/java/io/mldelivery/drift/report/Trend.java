package io.mldelivery.drift.report;

import io.mldelivery.drift.report.DriftHistory.Check;
import java.util.List;
import java.util.Locale;

/** Draws the last checks: a bar each, as high as the share of drifted columns, in the outcome's colour. */
final class Trend {
    private static final int MOST = 60;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 80;

    private Trend() {}

    /** Nothing for fewer than two checks. */
    static String of(DriftHistory history) {
        int size = history.checks().size();
        if (size < 2) {
            return "";
        }
        List<Check> checks = history.checks().subList(Math.max(0, size - MOST), size);
        StringBuilder bars = new StringBuilder();
        double step = (double) WIDTH / checks.size();
        for (int i = 0; i < checks.size(); i++) {
            Check check = checks.get(i);
            double height = 3 + (HEIGHT - 3) * (check.columns() == 0 ? 0 : (double) check.drifted() / check.columns());
            bars.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">",
                    check.outcome().name().toLowerCase(Locale.ROOT),
                    i * step,
                    HEIGHT - height,
                    step * 0.8,
                    height));
            bars.append("<title>").append(Html.escape(title(check))).append("</title></rect>");
        }
        return "<h2>Last " + checks.size() + " checks</h2><svg class=\"trend\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" role=\"img\" aria-label=\"share of drifted columns by check\">" + bars
                + "</svg><p>Share of drifted"
                + " columns, from " + Html.escape(checks.get(0).name()) + " to "
                + Html.escape(checks.get(checks.size() - 1).name()) + ".</p>";
    }

    private static String title(Check check) {
        return check.name() + ": " + check.outcome() + ", " + check.drifted() + " of " + check.columns() + " columns"
                + (check.performance().isPresent()
                        ? ", performance " + Html.number(check.performance().getAsDouble())
                        : "");
    }
}
