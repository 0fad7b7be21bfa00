package io.mldelivery.gate.predictions;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.gate.policy.PredictionColumns;
import io.mldelivery.gate.policy.PredictionColumns.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the true values are: two classes, several, or numbers; and which class is the positive one. */
final class Labels {
    private static final int MOST_CLASSES = 1000;
    private static final Set<String> USUAL_POSITIVES = Set.of("1", "1.0", "true", "yes", "y", "positive", "t");
    private static final Set<String> USUAL_NEGATIVES =
            Set.of("0", "0.0", "-1", "-1.0", "false", "no", "n", "negative", "f");

    private final Source source;
    private final PredictionColumns columns;
    private final List<String> values;

    Labels(Source source, PredictionColumns columns) {
        this.source = source;
        this.columns = columns;
        this.values = source.distinct(source.get(columns.y()), MOST_CLASSES + 1);
    }

    Task task(Optional<Task> hint) {
        return columns.task().or(() -> hint).orElseGet(this::guess);
    }

    private Task guess() {
        Column y = source.get(columns.y());
        boolean scored = source.find(columns.score()).isPresent();
        if (values.size() <= 2 && (scored || isBinary())) {
            return Task.BINARY;
        }
        boolean manyNumbers = y.kind() == ColumnKind.NUMERIC && (values.size() > 100 || hasFractions());
        return manyNumbers ? Task.REGRESSION : Task.MULTICLASS;
    }

    private boolean isBinary() {
        return values.stream().allMatch(v -> isUsual(v)) || columns.positive().isPresent();
    }

    private static boolean isUsual(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return USUAL_POSITIVES.contains(lower) || USUAL_NEGATIVES.contains(lower);
    }

    private boolean hasFractions() {
        return values.stream().anyMatch(v -> Double.parseDouble(v) != Math.rint(Double.parseDouble(v)));
    }

    /** The label codes of a binary task: 1 for the positive label, 0 for the other. */
    Map<String, Integer> binaryCodes() {
        if (values.size() > 2) {
            throw source.problem(
                    "the column '" + columns.y() + "' has more than two values: "
                            + String.join(", ", values.subList(0, 3)) + ", …",
                    "Set 'task: multiclass' under 'predictions:' of the policy, or correct the column.");
        }
        Map<String, Integer> codes = new LinkedHashMap<>();
        for (String value : values) {
            codes.put(value, isPositive(value) ? 1 : 0);
        }
        if (values.size() == 2 && new TreeSet<>(codes.values()).size() == 1) {
            throw source.problem(
                    "which of the labels " + String.join(" and ", values) + " is the positive one?",
                    "Set 'positive:' under 'predictions:' of the policy.");
        }
        return codes;
    }

    private boolean isPositive(String value) {
        if (columns.positive().isPresent()) {
            return columns.positive().get().equals(value);
        }
        if (!isUsual(value)) {
            throw source.problem(
                    "which label is the positive one? The column '" + columns.y() + "' has "
                            + String.join(", ", values),
                    "Set 'positive:' under 'predictions:' of the policy.");
        }
        return USUAL_POSITIVES.contains(value.toLowerCase(Locale.ROOT));
    }

    /** The classes of a multi-class task: true and predicted ones, numbers by size, texts by name. */
    Map<String, Integer> classCodes(List<Source> sources) {
        TreeSet<String> classes = new TreeSet<>(Labels::compare);
        classes.addAll(values);
        for (Source each : sources) {
            each.find(columns.prediction()).ifPresent(c -> classes.addAll(each.distinct(c, MOST_CLASSES + 1)));
        }
        if (classes.size() > MOST_CLASSES) {
            throw source.problem(
                    "there are more than " + MOST_CLASSES + " classes in '" + columns.y() + "'",
                    "Set 'task: regression' under 'predictions:' of the policy if these are amounts.");
        }
        Map<String, Integer> codes = new LinkedHashMap<>();
        classes.forEach(name -> codes.put(name, codes.size()));
        return codes;
    }

    private static int compare(String a, String b) {
        try {
            return Double.compare(Double.parseDouble(a), Double.parseDouble(b));
        } catch (NumberFormatException e) { // names, not numbers
            return a.compareTo(b);
        }
    }
}
