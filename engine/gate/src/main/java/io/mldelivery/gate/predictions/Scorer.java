package io.mldelivery.gate.predictions;

import io.mldelivery.data.Column;
import io.mldelivery.gate.policy.PredictionColumns;
import io.mldelivery.gate.policy.PredictionColumns.Task;
import io.mldelivery.gate.predictions.PredictionReader.Selection;
import io.mldelivery.model.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Selects the columns that a task needs and makes a set of the arrays they fill. */
final class Scorer {
    private final Task task;
    private final PredictionColumns columns;
    private final Map<String, Integer> classes;
    private final List<Supplier<Scores>> models = new ArrayList<>();
    private Supplier<EvaluationSet.Builder> truth;

    private Scorer(Task task, PredictionColumns columns, Map<String, Integer> classes) {
        this.task = task;
        this.columns = columns;
        this.classes = classes;
    }

    static Scorer of(Task task, Labels labels, PredictionColumns columns, List<Source> sources) {
        Map<String, Integer> classes = switch (task) {
            case BINARY -> labels.binaryCodes();
            case MULTICLASS -> labels.classCodes(sources);
            case REGRESSION, RANKING -> Map.of();
        };
        return new Scorer(task, columns, classes);
    }

    void select(Selection selection, Source candidate, Optional<Source> champion) {
        String y = "c." + candidate.get(columns.y()).sql();
        truth = truth(selection, candidate, y);
        models.add(model(selection, candidate, "c"));
        champion.ifPresent(source -> models.add(model(selection, source, "b")));
    }

    private Supplier<EvaluationSet.Builder> truth(Selection selection, Source source, String y) {
        return switch (task) {
            case BINARY -> {
                int[] label = selection.mapped(y, classes, source, columns.y());
                yield () -> EvaluationSet.binary(label);
            }
            case MULTICLASS -> {
                int[] label = selection.mapped(y, classes, source, columns.y());
                yield () -> EvaluationSet.classification(label, List.copyOf(classes.keySet()));
            }
            case REGRESSION -> {
                source.requireFinite(source.get(columns.y()));
                double[] values = selection.number(y + "::DOUBLE");
                yield () -> EvaluationSet.regression(values);
            }
            case RANKING -> {
                source.requireFinite(source.get(columns.y()));
                double[] values = selection.number(y + "::DOUBLE");
                Column group = source.get(columns.group());
                source.requirePresent(group);
                double[] groups = selection.number("dense_rank() OVER (ORDER BY c." + group.sql() + ")::DOUBLE");
                yield () -> EvaluationSet.ranking(values, toInts(groups));
            }
        };
    }

    private static int[] toInts(double[] ranks) {
        int[] groups = new int[ranks.length];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (int) ranks[i] - 1;
        }
        return groups;
    }

    private Supplier<Scores> model(Selection selection, Source source, String alias) {
        return switch (task) {
            case BINARY -> binary(selection, source, alias);
            case MULTICLASS -> multiclass(selection, source, alias);
            case REGRESSION, RANKING -> values(selection, source, alias);
        };
    }

    private Supplier<Scores> values(Selection selection, Source source, String alias) {
        Column column = source.find(columns.score())
                .or(() -> source.find(columns.prediction()))
                .orElseThrow(() -> noScore(source));
        source.requireFinite(column);
        double[] values = selection.number(alias + "." + column.sql() + "::DOUBLE");
        return () -> Scores.values(values);
    }

    private DeliveryException noScore(Source source) {
        return source.problem(
                "there is neither a column '" + columns.score() + "' nor '" + columns.prediction() + "'",
                "Write the model's score into '" + columns.score() + "', or name the columns under 'predictions:'"
                        + " of the policy.");
    }

    private Supplier<Scores> binary(Selection selection, Source source, String alias) {
        Optional<double[]> score = source.find(columns.score()).map(column -> {
            source.requireFinite(column);
            return selection.number(alias + "." + column.sql() + "::DOUBLE");
        });
        Optional<int[]> predicted = predicted(selection, source, alias);
        if (score.isEmpty()) {
            int[] given = predicted.orElseThrow(() -> noScore(source));
            return () -> Scores.classes(given);
        }
        return () -> Scores.of(score.get(), predicted.orElseGet(() -> cut(score.get())));
    }

    private Optional<int[]> predicted(Selection selection, Source source, String alias) {
        return source.find(columns.prediction()).map(column -> {
            source.requirePresent(column);
            return selection.mapped(alias + "." + column.sql(), classes, source, columns.prediction());
        });
    }

    private int[] cut(double[] score) {
        int[] predicted = new int[score.length];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = score[i] >= columns.cutoff() ? 1 : 0;
        }
        return predicted;
    }

    private Supplier<Scores> multiclass(Selection selection, Source source, String alias) {
        Optional<int[]> predicted = predicted(selection, source, alias);
        List<String> names = classes.keySet().stream()
                .map(name -> columns.score() + "_" + name)
                .toList();
        boolean scored = names.stream().allMatch(name -> source.find(name).isPresent());
        if (!scored) {
            int[] given = predicted.orElseThrow(() -> source.problem(
                    "there is neither a column '" + columns.prediction() + "' nor one score for each class ("
                            + String.join(", ", names.subList(0, Math.min(3, names.size()))) + ", …)",
                    "Write the predicted class or the classes' probabilities."));
            return () -> Scores.classes(given);
        }
        double[][] probabilities = new double[names.size()][];
        for (int i = 0; i < probabilities.length; i++) {
            Column column = source.get(names.get(i));
            source.requireFinite(column);
            probabilities[i] = selection.number(alias + "." + column.sql() + "::DOUBLE");
        }
        return () -> Scores.probabilities(probabilities, predicted.orElseGet(() -> mostProbable(probabilities)));
    }

    private static int[] mostProbable(double[][] probabilities) {
        int[] predicted = new int[probabilities[0].length];
        for (int row = 0; row < predicted.length; row++) {
            for (int k = 1; k < probabilities.length; k++) {
                predicted[row] = probabilities[k][row] > probabilities[predicted[row]][row] ? k : predicted[row];
            }
        }
        return predicted;
    }

    EvaluationSet.Builder build() {
        EvaluationSet.Builder builder = truth.get().candidate(models.get(0).get());
        if (models.size() > 1) {
            builder.champion(models.get(1).get());
        }
        return builder;
    }
}
