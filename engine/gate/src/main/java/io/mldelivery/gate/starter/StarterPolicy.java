package io.mldelivery.gate.starter;

import io.mldelivery.gate.measure.Estimate;
import io.mldelivery.gate.measure.Measured;
import io.mldelivery.gate.measure.Measures;
import io.mldelivery.gate.metric.Direction;
import io.mldelivery.gate.metric.KnownMetric;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.metric.MetricValue.Present;
import io.mldelivery.gate.predictions.EvaluationSet;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a policy to start from, with comments that say how each number was chosen. Pure. */
public final class StarterPolicy {
    private StarterPolicy() {}

    /** A policy of thresholds and changes, from metrics alone: each metric whose direction is known may get 5 % worse. */
    public static String of(MetricSet metrics) {
        List<String> lines = new ArrayList<>(List.of(
                "# Written by 'mldelivery gate init' from " + metrics.source() + ".",
                "# Limits are the values there, made 5 % worse: replace them by what the model must reach.",
                "rules:"));
        int rules = 0;
        for (String name : metrics.names().stream().sorted().toList()) {
            Optional<Direction> direction = KnownMetric.directionOf(name);
            if (direction.isPresent() && metrics.get(name) instanceof Present value) {
                lines.addAll(rules(name, direction.get(), value.value()));
                rules++;
            }
        }
        if (rules == 0) {
            lines.set(
                    2, "rules: []   # no metric there tells by its name whether higher is better: write rules by hand");
        }
        lines.add("firstVersion: allow   # the first model has no champion to be compared with");
        return String.join("\n", lines) + "\n";
    }

    private static List<String> rules(String name, Direction direction, double value) {
        boolean higher = direction == Direction.HIGHER;
        double slack = 0.05 * Math.abs(value);
        String limit = (higher ? "min: " : "max: ") + number(higher ? value - slack : value + slack);
        return List.of(
                "- {metric: " + name + ", kind: threshold, " + limit + "}   # now " + number(value),
                "- {metric: " + name + ", kind: change, as: relative, " + (higher ? "min: -0.02" : "max: 0.02")
                        + "}   # at most 2 % worse than the champion");
    }

    /**
     * A policy of non-inferiority, from predictions: for the task's leading metrics, with a margin of twice the
     * standard error of one model's metric on so many rows, but at least 0.005 of a score between 0 and 1.
     */
    public static String of(String source, EvaluationSet set) {
        List<String> lines = new ArrayList<>(List.of(
                "# Written by 'mldelivery gate init' from " + source + " (" + set.rows() + " rows).",
                "# Margins say how much worse still counts as as good. They are set to twice the standard error of the",
                "# metric on so many rows: what is smaller could hardly be seen. Narrow or widen them by what it costs you.",
                "rules:"));
        var measures = new Measures(set, set.candidate());
        for (String metric : leading(set)) {
            if (measures.measure(metric) instanceof Measured.Value value) {
                lines.addAll(rules(metric, value.estimate()));
            }
        }
        lines.add("firstVersion: allow   # the first model has no champion to be compared with");
        return String.join("\n", lines) + "\n";
    }

    private static List<String> leading(EvaluationSet set) {
        return switch (set.task()) {
            case BINARY -> List.of("roc_auc", "log_loss", "accuracy");
            case MULTICLASS -> List.of("accuracy", "f1_macro", "log_loss");
            case REGRESSION -> List.of("mae", "rmse");
            case RANKING -> List.of("ndcg@10");
        };
    }

    private static List<String> rules(String metric, Estimate estimate) {
        Direction direction = KnownMetric.directionOf(metric).orElseThrow();
        double error = estimate.standardError();
        double margin = Math.max(2 * error, 0.005 * Math.max(1e-9, Math.min(1, Math.abs(estimate.value()))));
        double worst = estimate.value() - direction.sign() * 3 * margin;
        String limit = (direction == Direction.HIGHER ? "min: " : "max: ") + number(worst);
        return List.of(
                "- {metric: " + metric + ", kind: threshold, " + limit + "}   # now " + number(estimate.value()) + " ± "
                        + number(error),
                "- {metric: " + metric + ", kind: non-inferiority, margin: " + number(margin) + "}");
    }

    private static String number(double value) {
        return new BigDecimal(value).round(new MathContext(3)).toPlainString();
    }
}
