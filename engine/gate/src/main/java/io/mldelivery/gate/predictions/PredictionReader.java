package io.mldelivery.gate.predictions;

import io.mldelivery.data.Column;
import io.mldelivery.data.Row;
import io.mldelivery.data.TableOptions;
import io.mldelivery.data.Tables;
import io.mldelivery.gate.policy.PredictionColumns;
import io.mldelivery.gate.policy.PredictionColumns.Task;
import io.mldelivery.gate.policy.SliceSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the predictions of a candidate and, when given, of a champion for the same rows, checks everything that can be
 * wrong with them and hands them over as an {@link EvaluationSet}, ordered by id so that results do not depend on the
 * order of the files. Every problem is a {@link io.mldelivery.model.DeliveryException} (code DATA).
 */
public final class PredictionReader {
    /** More rows do not fit a Java array's comfort and a build agent's memory. */
    private static final long MOST_ROWS = 50_000_000;

    private final Tables tables;
    private final PredictionColumns columns;
    private final Source candidate;
    private final Optional<Source> champion;
    private final List<String> conditions = new ArrayList<>();

    private PredictionReader(Tables tables, PredictionFiles files, PredictionColumns columns) {
        this.tables = tables;
        this.columns = columns;
        this.candidate = new Source(tables, tables.read(files.candidate()));
        this.champion = files.champion().map(file -> new Source(tables, tables.read(file)));
    }

    /**
     * Reads.
     *
     * @param hint the task that the policy's metrics suggest, used where the columns do not say
     * @param slices the slices that the policy's rules name
     */
    public static EvaluationSet read(
            PredictionFiles files, PredictionColumns columns, Optional<Task> hint, List<SliceSpec> slices) {
        if (columns.sameRows() || files.champion().isEmpty()) {
            return readOne(files, columns, hint, slices);
        }
        EvaluationSet own = readOne(files.alone(files.candidate()), columns, hint, slices);
        EvaluationSet other = readOne(files.alone(files.champion().get()), columns, Optional.of(own.task()), slices);
        return own.comparedWith(Optional.of(other));
    }

    private static EvaluationSet readOne(
            PredictionFiles files, PredictionColumns columns, Optional<Task> hint, List<SliceSpec> slices) {
        List<String> names = new ArrayList<>(List.of(files.candidate()));
        files.champion().filter(file -> !file.equals(files.candidate())).ifPresent(names::add);
        try (Tables tables = Tables.open(TableOptions.in(files.folder()), names.toArray(String[]::new))) {
            return new PredictionReader(tables, files, columns).read(hint, slices);
        }
    }

    private EvaluationSet read(Optional<Task> hint, List<SliceSpec> slices) {
        requireSize();
        champion.ifPresent(other -> new Pairing(tables, candidate, other, columns.id()).check(columns.y()));
        if (champion.isEmpty() && candidate.find(columns.id()).isPresent()) {
            candidate.requireUnique(candidate.get(columns.id()));
        }
        candidate.requirePresent(candidate.get(columns.y()));
        Labels labels = new Labels(candidate, columns);
        Task task = labels.task(hint);
        Scorer scorer = Scorer.of(task, labels, columns, all());
        Selection selection = new Selection(Math.toIntExact(candidate.rows()));
        scorer.select(selection, candidate, champion);
        Optional<double[]> weight = weight(selection);
        Map<SliceSpec, Codes> codes = sliceCodes(selection, slices);
        RowDigest digest = new RowDigest(task);
        selection.digested(digestExpressions(), digest);
        tables.each(sql(selection), selection::accept);
        EvaluationSet.Builder builder = scorer.build().digest(digest.hex());
        weight.ifPresent(builder::weight);
        codes.forEach((spec, values) -> builder.slices(values.toColumn()));
        return builder.build();
    }

    /** What makes a row the same row: its id and its true value; without ids its place in the file counts. */
    private List<String> digestExpressions() {
        List<String> expressions = new ArrayList<>();
        candidate.find(columns.id()).ifPresent(id -> expressions.add("c." + id.sql()));
        expressions.add("c." + candidate.get(columns.y()).sql());
        return expressions;
    }

    private List<Source> all() {
        List<Source> sources = new ArrayList<>(List.of(candidate));
        champion.ifPresent(sources::add);
        return sources;
    }

    private void requireSize() {
        if (candidate.rows() == 0) {
            throw candidate.problem("there is no row", "Predict at least one row.");
        }
        if (candidate.rows() > MOST_ROWS) {
            throw candidate.problem(
                    "there are " + candidate.rows() + " rows, more than " + MOST_ROWS,
                    "Give a random sample: its interval is narrow enough.");
        }
    }

    private Optional<double[]> weight(Selection selection) {
        return candidate.find(columns.weight()).map(column -> {
            candidate.requireWeights(column);
            return selection.number("c." + column.sql() + "::DOUBLE");
        });
    }

    private Map<SliceSpec, Codes> sliceCodes(Selection selection, List<SliceSpec> slices) {
        Map<SliceSpec, Codes> codes = new LinkedHashMap<>();
        for (SliceSpec slice : slices) {
            if (codes.keySet().stream().noneMatch(known -> known.name().equals(slice.name()))) {
                codes.put(slice, selection.codes(sliceSql(slice), slice.name(), candidate));
            }
        }
        return codes;
    }

    private String sliceSql(SliceSpec slice) {
        Optional<Column> column = slice.column().map(candidate::get);
        return column.map(c -> "coalesce(c." + c.sql() + "::VARCHAR, '(missing)')")
                .orElseGet(() -> condition(slice.where().orElseThrow()));
    }

    /** Conditions are computed before the join, where a column's name means the candidate's. */
    private String condition(String where) {
        conditions.add("CASE WHEN (" + where + ") THEN 'yes' END AS \"slice " + conditions.size() + '"');
        return "c.\"slice " + (conditions.size() - 1) + '"';
    }

    private String sql(Selection selection) {
        String from = conditions.isEmpty()
                ? candidate.sql() + " c"
                : "(SELECT *, " + String.join(", ", conditions) + " FROM " + candidate.sql() + ") c";
        if (champion.isPresent()) {
            from += " JOIN " + champion.get().sql() + " b ON "
                    + new Pairing(tables, candidate, champion.get(), columns.id()).condition();
        }
        String order = candidate
                .find(columns.id())
                .map(id -> " ORDER BY c." + id.sql())
                .orElse("");
        return "SELECT " + selection.expressions() + " FROM " + from + order;
    }

    /** The columns of the one query that reads everything, and the arrays that its rows fill. */
    static final class Selection {
        private final int rows;
        private final List<String> expressions = new ArrayList<>();
        private final List<Sink> sinks = new ArrayList<>();
        private int at;

        Selection(int rows) {
            this.rows = rows;
        }

        private interface Sink {
            void take(Row row, int index);
        }

        double[] number(String expression) {
            double[] values = new double[rows];
            expressions.add(expression);
            int column = expressions.size();
            sinks.add((row, index) -> values[index] = row.number(column));
            return values;
        }

        int[] mapped(String expression, Map<String, Integer> codes, Source source, String name) {
            int[] values = new int[rows];
            expressions.add(expression + "::VARCHAR");
            int column = expressions.size();
            sinks.add((row, index) -> {
                Integer code = codes.get(row.text(column));
                if (code == null) {
                    throw source.problem(
                            "'" + row.text(column) + "' in the column '" + name + "' is no label of the true values",
                            "Use the same labels in both columns.");
                }
                values[index] = code;
            });
            return values;
        }

        void digested(List<String> parts, RowDigest digest) {
            int first = expressions.size() + 1;
            parts.forEach(part -> expressions.add(part + "::VARCHAR"));
            sinks.add((row, index) -> {
                for (int i = 0; i < parts.size(); i++) {
                    digest.add(row.text(first + i));
                }
            });
        }

        Codes codes(String expression, String name, Source source) {
            Codes codes = new Codes(rows, name, source);
            expressions.add(expression);
            int column = expressions.size();
            sinks.add((row, index) -> codes.put(index, row.text(column)));
            return codes;
        }

        String expressions() {
            return String.join(", ", expressions);
        }

        void accept(Row row) {
            for (Sink sink : sinks) {
                sink.take(row, at);
            }
            at++;
        }
    }
}
