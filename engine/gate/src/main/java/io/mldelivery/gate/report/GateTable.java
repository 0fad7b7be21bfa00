package io.mldelivery.gate.report;

import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.judge.RuleResult;
import io.mldelivery.gate.policy.Bounds;
import io.mldelivery.gate.policy.Holdout.Spending;
import io.mldelivery.model.Outcome;
import io.mldelivery.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A gate's result as a table of plain text for logs, followed by the sentences of the rules that do not pass. */
public final class GateTable {
    private static final List<String> HEADER =
            List.of("outcome", "rule", "slice", "candidate", "champion", "difference", "interval", "limit");

    private GateTable() {}

    /** The lines, without line ends. */
    public static List<String> of(GateResult result) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADER));
        result.rules().forEach(rule -> rows.add(row(rule)));
        List<String> lines = new ArrayList<>();
        if (!result.rules().isEmpty()) {
            lines.addAll(aligned(rows));
        }
        result.rules().stream()
                .filter(rule -> rule.outcome() != Outcome.PASS)
                .forEach(rule -> lines.add(rule.outcome() + waived(rule) + ": " + rule.reason()));
        result.allowance()
                .ifPresent(allowance ->
                        lines.add((allowance.isLast() && allowance.spending() != Spending.NONE ? "WARNING: " : "")
                                + allowance.sentence()));
        lines.add("Gate: " + result.outcome()
                + (result.outcome() == Outcome.PASS || result.rules().isEmpty() ? ". " + result.reason() : ""));
        return lines;
    }

    private static List<String> row(RuleResult result) {
        String severity = switch (result.rule().severity()) {
            case FAIL -> "";
            case UNSTABLE -> " (unstable)";
            case NOTE -> " (note)";
        };
        boolean isFirst = result.isFirstVersion();
        return List.of(
                result.outcome() + severity + (result.waiver().isPresent() ? " (waived)" : ""),
                result.rule().name(),
                result.slice().orElse(""),
                number(result.candidate()),
                isFirst ? "first version" : number(result.champion()),
                number(result.difference()),
                result.interval().map(GateTable::show).orElse(""),
                isFirst ? "" : result.limits().map(GateTable::show).orElse(""));
    }

    private static String waived(RuleResult result) {
        return result.waiver()
                .map(waiver -> ", waived by " + waiver.by() + " until " + waiver.until() + " (" + waiver.reason() + ")")
                .orElse("");
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return size != 0 && (size < 1e-3 || size >= 1e7)
                ? String.format(Locale.ROOT, "%.3e", value)
                : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String show(Interval interval) {
        return number(interval.low()) + " .. " + number(interval.high());
    }

    private static String show(Bounds bounds) {
        if (bounds.min().isPresent() && bounds.max().isPresent()) {
            return number(bounds.min()) + " .. " + number(bounds.max());
        }
        return bounds.min().isPresent() ? ">= " + number(bounds.min()) : "<= " + number(bounds.max());
    }

    private static List<String> aligned(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.size(); c++) {
                int column = c;
                int width = rows.stream()
                        .mapToInt(r -> r.get(column).length())
                        .max()
                        .orElse(0);
                if (width > 0 && used(rows, c)) {
                    line.append(String.format(Locale.ROOT, "%-" + width + "s  ", row.get(c)));
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** Columns that hold nothing below their header are left out. */
    private static boolean used(List<List<String>> rows, int column) {
        return rows.stream().skip(1).anyMatch(row -> !row.get(column).isEmpty());
    }
}
