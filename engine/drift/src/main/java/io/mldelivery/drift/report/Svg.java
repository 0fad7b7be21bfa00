package io.mldelivery.drift.report;

import io.mldelivery.drift.measure.Plot;
import java.util.List;
import java.util.Locale;

/** Draws a {@link Plot}: the reference as grey bars, the current data as outlined bars over them. */
final class Svg {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 90;
    private static final int LABELS = 14;

    private final Plot plot;
    private final double top;

    private Svg(Plot plot) {
        this.plot = plot;
        this.top = Math.max(1e-9, Math.max(largest(plot.reference()), largest(plot.current())));
    }

    static String of(String column, Plot plot) {
        return new Svg(plot).draw(column);
    }

    /** Quantiles of the current data over those of the reference: on the line where nothing changed. */
    static String quantiles(String column, Plot plot) {
        double low = Math.min(
                plot.referenceQuantiles().get(0), plot.currentQuantiles().get(0));
        int last = plot.referenceQuantiles().size() - 1;
        double high = Math.max(
                plot.referenceQuantiles().get(last), plot.currentQuantiles().get(last));
        double unit = high > low ? (HEIGHT - 4) / (high - low) : 1;
        StringBuilder points = new StringBuilder();
        for (int i = 0; i <= last; i++) {
            points.append(i == 0 ? "" : " ")
                    .append(number(2 + (plot.referenceQuantiles().get(i) - low) * unit))
                    .append(',')
                    .append(number(HEIGHT - 2 - (plot.currentQuantiles().get(i) - low) * unit));
        }
        return "<svg class=\"q\" viewBox=\"0 0 " + HEIGHT + " " + HEIGHT + "\" role=\"img\" aria-label=\""
                + Html.escape(column) + ", quantiles\"><path class=\"e\" d=\"M2 " + (HEIGHT - 2) + "L" + (HEIGHT - 2)
                + " 2\"/><polyline points=\"" + points + "\"/></svg>";
    }

    private static double largest(List<Double> shares) {
        return shares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private String draw(String column) {
        return "<svg viewBox=\"0 0 " + WIDTH + " " + (HEIGHT + LABELS) + "\" role=\"img\" aria-label=\""
                + Html.escape(column) + "\"><path class=\"r\" d=\"" + bars(plot.reference(), 0.04, 0.92)
                + "\"/><path class=\"c\" d=\"" + bars(plot.current(), 0.18, 0.64) + "\"/>" + labels() + "</svg>";
    }

    private String bars(List<Double> shares, double inset, double width) {
        StringBuilder path = new StringBuilder();
        double step = (double) WIDTH / shares.size();
        for (int i = 0; i < shares.size(); i++) {
            double height = shares.get(i) / top * (HEIGHT - 2);
            if (height > 0.05) {
                path.append('M')
                        .append(number(step * (i + inset)))
                        .append(' ')
                        .append(HEIGHT)
                        .append('v')
                        .append(number(-height))
                        .append('h')
                        .append(number(step * width))
                        .append('V')
                        .append(HEIGHT)
                        .append('z');
            }
        }
        return path.toString();
    }

    private String labels() {
        if (plot.categories().isEmpty()) {
            return label(2, "start", Html.number(plot.edges().get(0)))
                    + label(
                            WIDTH - 2,
                            "end",
                            Html.number(plot.edges().get(plot.edges().size() - 1)));
        }
        StringBuilder labels = new StringBuilder();
        double step = (double) WIDTH / plot.categories().size();
        int room = Math.max(2, (int) (step / 6));
        for (int i = 0; i < plot.categories().size(); i++) {
            labels.append(label(
                    step * (i + 0.5),
                    "middle",
                    Html.escape(shortened(plot.categories().get(i), room))));
        }
        return labels.toString();
    }

    private static String shortened(String text, int room) {
        int end = (room - 1) / 2; // names often differ in their ends
        return text.length() <= room
                ? text
                : text.substring(0, room - 1 - end) + "…" + text.substring(text.length() - end);
    }

    private static String label(double x, String anchor, String text) {
        return "<text x=\"" + number(x) + "\" y=\"" + (HEIGHT + 11) + "\" text-anchor=\"" + anchor + "\">" + text
                + "</text>";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
    }
}
