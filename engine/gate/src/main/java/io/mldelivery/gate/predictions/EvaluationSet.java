package io.mldelivery.gate.predictions;

import io.mldelivery.gate.policy.PredictionColumns.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows with true values, what the candidate says about them and, when given, what the champion says about the same
 * rows. Unchangeable by agreement: arrays are shared, for they are large.
 */
public final class EvaluationSet {
    private final Task task;
    private final double[] y;
    private final int[] label;
    private final List<String> classes;
    private final double[] weight;
    private final int[] group;
    private final Scores candidate;
    private final Optional<Scores> champion;
    private final Map<String, SliceColumn> slices;
    private final Optional<EvaluationSet> others;
    private final String digest;

    private EvaluationSet(Builder builder) {
        task = builder.task;
        y = builder.y;
        label = builder.label;
        classes = List.copyOf(builder.classes);
        weight = builder.weight;
        group = builder.group;
        candidate = builder.candidate;
        champion = builder.champion;
        slices = new LinkedHashMap<>(builder.slices);
        others = builder.others;
        digest = builder.digest;
    }

    /** A binary classification; label 1 is positive. */
    public static Builder binary(int[] label) {
        return new Builder(Task.BINARY, label.clone(), new double[0], List.of("0", "1"));
    }

    /** A classification; labels are indexes of the classes. */
    public static Builder classification(int[] label, List<String> classes) {
        return new Builder(Task.MULTICLASS, label, new double[0], classes);
    }

    /** A regression. */
    public static Builder regression(double[] y) {
        return new Builder(Task.REGRESSION, new int[0], y, List.of());
    }

    /** A ranking: relevance of rows, gathered by group. */
    public static Builder ranking(double[] relevance, int[] group) {
        Builder builder = new Builder(Task.RANKING, new int[0], relevance, List.of());
        builder.group = group;
        return builder;
    }

    /** What the scores are about. */
    public Task task() {
        return task;
    }

    /** How many rows there are. */
    public int rows() {
        return Math.max(y.length, label.length);
    }

    /** True values of a regression or relevances of a ranking; empty in classification. */
    public double[] y() {
        return y;
    }

    /** True classes, indexes of {@link #classes}; empty outside classification. */
    public int[] label() {
        return label;
    }

    /** The classes' names. */
    public List<String> classes() {
        return classes;
    }

    /** Row weights, not negative; empty when all rows count the same. */
    public double[] weight() {
        return weight;
    }

    /** Whether rows have weights. */
    public boolean isWeighted() {
        return weight.length > 0;
    }

    /** Each row's group in a ranking; else empty. */
    public int[] group() {
        return group;
    }

    public Scores candidate() {
        return candidate;
    }

    public Optional<Scores> champion() {
        return champion;
    }

    /** The champion on rows of its own, as that set's candidate; absent when both were scored on the same rows. */
    public Optional<EvaluationSet> others() {
        return others;
    }

    /** What names the rows and their true values, whatever was said about them; empty for a part of a set. */
    public String digest() {
        return digest;
    }

    /** The slices of this name. */
    public Optional<SliceColumn> slices(String name) {
        return Optional.ofNullable(slices.get(name));
    }

    /** Whether candidate and champion say the same about every row. */
    public boolean isIdentical() {
        return champion.isPresent() && champion.get().sameAs(candidate);
    }

    /** Each slice of a column as a set of its own, without slices, in the order of the values. */
    public List<EvaluationSet> slices(SliceColumn column) {
        int[] sizes = new int[column.values().size()];
        for (int code : column.codes()) {
            if (code >= 0) {
                sizes[code]++;
            }
        }
        int[][] rows = new int[sizes.length][];
        for (int value = 0; value < rows.length; value++) {
            rows[value] = new int[sizes[value]];
        }
        for (int row = rows() - 1; row >= 0; row--) {
            int code = column.codes()[row];
            if (code >= 0) {
                rows[code][--sizes[code]] = row;
            }
        }
        return IntStream.range(0, rows.length)
                .mapToObj(value -> select(rows[value]).comparedWith(othersIn(column, value)))
                .toList();
    }

    /** The other rows' part in the slice of the same value; none when the champion has no such row. */
    private Optional<EvaluationSet> othersIn(SliceColumn column, int value) {
        return others.flatMap(other -> other.slices(column.name()).map(own -> {
                    int code = own.values().indexOf(column.values().get(value));
                    return other.select(IntStream.range(0, other.rows())
                            .filter(i -> own.codes()[i] == code)
                            .toArray());
                }))
                .filter(other -> other.rows() > 0);
    }

    /** The same rows, with the champion on rows of its own. */
    EvaluationSet comparedWith(Optional<EvaluationSet> other) {
        Builder builder = new Builder(task, label, y, classes);
        builder.weight = weight;
        builder.group = group;
        builder.candidate = candidate;
        builder.champion = champion;
        builder.slices.putAll(slices);
        builder.digest = digest;
        builder.others = other;
        return builder.build();
    }

    /** Some rows as a set of their own, without slices. */
    public EvaluationSet select(int[] rows) {
        Builder builder = new Builder(task, Columns.select(label, rows), Columns.select(y, rows), classes);
        builder.weight = Columns.select(weight, rows);
        builder.group = Columns.select(group, rows);
        builder.candidate = candidate.select(rows);
        builder.champion = champion.map(scores -> scores.select(rows));
        return builder.build();
    }

    /** The same rows with other weights, without slices. */
    public EvaluationSet weighted(double[] weights) {
        Builder builder = new Builder(task, label, y, classes);
        builder.weight = weights;
        builder.group = group;
        builder.candidate = candidate;
        builder.champion = champion;
        return builder.build();
    }

    /**
     * A column that cuts the rows into slices.
     *
     * @param name what the policy calls it
     * @param codes each row's slice, an index of {@code values}; −1 for rows in none
     */
    public record SliceColumn(String name, int[] codes, List<String> values) {}

    /** Gathers the parts of a set. */
    public static final class Builder {
        private final Task task;
        private final int[] label;
        private final double[] y;
        private final List<String> classes;
        private final Map<String, SliceColumn> slices = new LinkedHashMap<>();
        private double[] weight = {};
        private int[] group = {};
        private Scores candidate;
        private Optional<Scores> champion = Optional.empty();
        private Optional<EvaluationSet> others = Optional.empty();
        private String digest = "";

        private Builder(Task task, int[] label, double[] y, List<String> classes) {
            this.task = task;
            this.label = label;
            this.y = y;
            this.classes = classes;
        }

        public Builder candidate(Scores scores) {
            candidate = scores;
            return this;
        }

        public Builder champion(Scores scores) {
            champion = Optional.of(scores);
            return this;
        }

        /** Row weights; all finite, none negative. */
        public Builder weight(double[] weights) {
            weight = weights;
            return this;
        }

        public Builder slices(SliceColumn column) {
            slices.put(column.name(), column);
            return this;
        }

        /** The champion on rows of its own, as the candidate of a set. */
        public Builder others(EvaluationSet set) {
            others = Optional.of(set);
            return this;
        }

        /** What names the rows and their true values. */
        public Builder digest(String sha256) {
            digest = sha256;
            return this;
        }

        public EvaluationSet build() {
            if (candidate == null) {
                throw new IllegalStateException("an evaluation set needs the candidate's scores");
            }
            return new EvaluationSet(this);
        }
    }
}
