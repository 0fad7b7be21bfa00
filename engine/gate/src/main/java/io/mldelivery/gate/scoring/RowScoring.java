package io.mldelivery.gate.scoring;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Row;
import io.mldelivery.data.Table;
import io.mldelivery.data.TableOptions;
import io.mldelivery.data.Tables;
import io.mldelivery.gate.policy.Origin.Disturbance;
import io.mldelivery.gate.policy.PredictionColumns;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Scores a table of rows with candidate and champion, so that both are compared on the same rows by what they say now.
 * Each model is started when it is first needed and runs until {@link #close}.
 */
public final class RowScoring implements AutoCloseable {
    private static final int BATCH = 500;
    private static final long MOST_ROWS = 5_000_000;

    private final Path folder;
    private final String rows;
    private final Path work;
    private final Lazy candidate;
    private final Lazy champion;

    /**
     * Prepares.
     *
     * @param folder where relative names start
     * @param rows the table: ids, true values and features; empty when the models are asked about other rows only
     * @param work a folder for what the models say; the caller removes it
     */
    public RowScoring(
            Path folder, String rows, Path work, Supplier<Predictor> candidate, Supplier<Predictor> champion) {
        this.folder = folder;
        this.rows = rows;
        this.work = work;
        this.candidate = new Lazy(candidate);
        this.champion = new Lazy(champion);
    }

    /** A model that is started once. */
    private static final class Lazy {
        private final Supplier<Predictor> start;
        private Optional<Predictor> started = Optional.empty();

        Lazy(Supplier<Predictor> start) {
            this.start = start;
        }

        Predictor get() {
            if (started.isEmpty()) {
                started = Optional.of(start.get());
            }
            return started.get();
        }
    }

    /** Whether there is a table to be scored. */
    public boolean hasRows() {
        return !rows.isEmpty();
    }

    /** The candidate itself, for rows of other tables; started when needed, closed with this. */
    public Predictor candidateModel() {
        return candidate.get();
    }

    /** A file with all columns of the rows and what the candidate says. */
    public String candidate(PredictionColumns columns) {
        return score(candidate.get(), columns, Optional.empty(), 0, "candidate.csv");
    }

    /** The same with what the champion says. */
    public String champion(PredictionColumns columns) {
        return score(champion.get(), columns, Optional.empty(), 0, "champion.csv");
    }

    /** What the candidate says when its features are disturbed. */
    public String disturbed(PredictionColumns columns, Disturbance disturbance, long seed) {
        return score(
                candidate.get(),
                columns,
                Optional.of(disturbance),
                seed,
                "disturbed-" + disturbance.hashCode() + ".csv");
    }

    private String score(
            Predictor model, PredictionColumns columns, Optional<Disturbance> disturbance, long seed, String name) {
        Path file = work.resolve(name);
        try (Tables tables = Tables.open(TableOptions.in(folder), rows);
                BufferedWriter out = Files.newBufferedWriter(file)) {
            Table table = tables.read(rows);
            if (table.rows() > MOST_ROWS) {
                throw problem(
                        "has " + table.rows() + " rows, more than " + MOST_ROWS + " to be scored by a server",
                        "Give a random sample, or predictions.");
            }
            new Scoring(tables, table, model, columns, disturbance, seed, out).run();
            return file.toString();
        } catch (IOException | UncheckedIOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT, "cannot write " + file + ": " + e.getMessage(), "Free disk space.", e);
        }
    }

    private DeliveryException problem(String what, String advice) {
        return new DeliveryException(Code.DATA, rows + " " + what, advice);
    }

    @Override
    public void close() {
        candidate.started.ifPresent(Predictor::close);
        champion.started.ifPresent(Predictor::close);
    }

    /** One pass over the rows with one model. */
    private final class Scoring {
        private final Tables tables;
        private final Table table;
        private final Predictor model;
        private final PredictionColumns columns;
        private final BufferedWriter out;
        private final List<Column> kept;
        private final List<Column> features;
        private final Optional<Disturber> disturber;
        private final List<Object[]> inputs = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private int seen;
        private boolean headed;

        Scoring(
                Tables tables,
                Table table,
                Predictor model,
                PredictionColumns columns,
                Optional<Disturbance> disturbance,
                long seed,
                BufferedWriter out) {
            this.tables = tables;
            this.table = table;
            this.model = model;
            this.columns = columns;
            this.out = out;
            this.kept = table.columns().stream()
                    .filter(column -> !isAnswer(column.name()))
                    .toList();
            this.features = features();
            this.disturber = disturbance.map(how -> new Disturber(tables, table, features, how, seed));
        }

        private boolean isAnswer(String name) {
            return name.equals(columns.score()) || name.equals(columns.prediction());
        }

        private List<Column> features() {
            if (!columns.features().isEmpty()) {
                return columns.features().stream()
                        .map(name -> table.column(name)
                                .orElseThrow(() -> problem(
                                        "has no column '" + name + "'",
                                        "Correct 'features:' under 'predictions:' of the policy.")))
                        .toList();
            }
            Set<String> others = Set.of(columns.id(), columns.y(), columns.weight(), columns.group());
            return kept.stream()
                    .filter(column -> !others.contains(column.name()))
                    .toList();
        }

        void run() {
            String all = kept.stream().map(column -> column.sql() + "::VARCHAR").collect(Collectors.joining(", "));
            String inputs = features.stream()
                    .map(column -> column.kind() == ColumnKind.NUMERIC
                            ? column.sql() + "::DOUBLE"
                            : column.sql() + "::VARCHAR")
                    .collect(Collectors.joining(", "));
            tables.each("SELECT " + all + ", " + inputs + " FROM " + table.sql(), this::take);
            flush();
        }

        private void take(Row row) {
            lines.add(java.util.stream.IntStream.rangeClosed(1, kept.size())
                    .mapToObj(i -> quoted(row.text(i)))
                    .collect(Collectors.joining(",")));
            Object[] values = new Object[features.size()];
            for (int i = 0; i < values.length; i++) {
                int at = kept.size() + 1 + i;
                values[i] = row.isNull(at)
                        ? null
                        : features.get(i).kind() == ColumnKind.NUMERIC ? (Object) row.number(at) : row.text(at);
            }
            disturber.ifPresent(d -> d.disturb(values, seen));
            seen++;
            inputs.add(values);
            if (inputs.size() == BATCH) {
                flush();
            }
        }

        private void flush() {
            if (inputs.isEmpty()) {
                return;
            }
            List<double[]> answers =
                    model.predict(features.stream().map(Column::name).toList(), inputs);
            try {
                head(answers.get(0).length);
                for (int i = 0; i < answers.size(); i++) {
                    out.write(lines.get(i) + "," + scores(answers.get(i)) + "\n");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            inputs.clear();
            lines.clear();
        }

        /** One or two numbers are a score, that of the second class; more are one score for each class. */
        private String scores(double[] answer) {
            if (answer.length <= 2) {
                return Double.toString(answer[answer.length - 1]);
            }
            return java.util.Arrays.stream(answer).mapToObj(Double::toString).collect(Collectors.joining(","));
        }

        private void head(int outputs) throws IOException {
            if (headed) {
                return;
            }
            headed = true;
            List<String> names = new ArrayList<>(
                    kept.stream().map(column -> quoted(column.name())).toList());
            if (outputs <= 2) {
                names.add(columns.score());
            } else {
                classes(outputs).forEach(name -> names.add(quoted(columns.score() + "_" + name)));
            }
            out.write(String.join(",", names) + "\n");
        }

        private List<String> classes(int outputs) {
            Column y = table.column(columns.y())
                    .orElseThrow(() -> problem(
                            "has no column '" + columns.y() + "'", "Name it under 'predictions:' of the policy."));
            List<String> classes = tables.query(
                    "SELECT v::VARCHAR FROM (SELECT DISTINCT " + y.sql() + " AS v FROM " + table.sql()
                            + " WHERE v IS NOT NULL) ORDER BY v",
                    row -> row.text(1));
            if (classes.size() != outputs) {
                throw problem(
                        "has " + classes.size() + " classes in '" + columns.y() + "', and the model gives " + outputs
                                + " probabilities",
                        "Give rows of every class, or predictions.");
            }
            return classes;
        }

        private static String quoted(String text) {
            return text == null ? "" : '"' + text.replace("\"", "\"\"") + '"';
        }
    }
}
