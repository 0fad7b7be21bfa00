package io.mldelivery.gate.origin;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Row;
import io.mldelivery.data.Table;
import io.mldelivery.data.TableOptions;
import io.mldelivery.data.Tables;
import io.mldelivery.gate.judge.GateInput.Derived;
import io.mldelivery.gate.policy.Origin.Behaviour;
import io.mldelivery.gate.policy.PredictionColumns;
import io.mldelivery.gate.scoring.RowScoring;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The share of metamorphic cases that a model fails: of an input and its changed twin, the answers should be the same,
 * or move in one direction. The model is run on both, unless the table holds its scores already.
 */
final class MetamorphicCases {
    /** What the changed value of a feature is called. */
    private static final String CHANGED = "after.";

    private static final String USUAL_TOLERANCE = "1e-6";
    private static final Set<String> EXPECTATIONS = Set.of("same", "increase", "decrease");

    private final Path folder;
    private final PredictionColumns columns;
    private final Optional<RowScoring> scoring;

    MetamorphicCases(Path folder, PredictionColumns columns, Optional<RowScoring> scoring) {
        this.folder = folder;
        this.columns = columns;
        this.scoring = scoring;
    }

    Derived measure(Behaviour behaviour) {
        try (Tables tables = Tables.open(TableOptions.in(folder), behaviour.cases())) {
            Table table = tables.read(behaviour.cases());
            requireExpectations(tables, table);
            CaseVerdicts verdicts = new CaseVerdicts(behaviour.output());
            if (table.column("before").isPresent() && table.column("after").isPresent()) {
                takeScores(tables, table, verdicts);
            } else {
                run(tables, table, verdicts);
            }
            return Origins.of(verdicts.failingShare(), table.rows(), verdicts.examples());
        }
    }

    private static DeliveryException problem(Table table, String what, String advice) {
        return new DeliveryException(Code.DATA, table.source() + ": " + what, advice);
    }

    private static Column column(Table table, String name) {
        return table.column(name)
                .orElseThrow(() -> problem(
                        table,
                        "there is no column '" + name + "'",
                        "The file has "
                                + table.columns().stream().map(Column::name).collect(Collectors.joining(", ")) + "."));
    }

    private static void requireExpectations(Tables tables, Table table) {
        String expect = column(table, "expect").sql();
        String known =
                EXPECTATIONS.stream().sorted().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
        refuse(
                tables,
                table,
                expect + " IS NULL OR " + expect + " NOT IN (" + known + ")",
                "'expect' is neither same, increase nor decrease",
                "Write one of them in each case.");
        table.column("tolerance")
                .ifPresent(c -> refuse(
                        tables,
                        table,
                        c.sql() + " IS NOT NULL AND NOT coalesce(try_cast(" + c.sql() + " AS DOUBLE) >= 0, false)",
                        "'tolerance' is no number from 0",
                        "Write how far answers may differ, or leave it empty."));
    }

    private static void refuse(Tables tables, Table table, String condition, String what, String advice) {
        long wrong = tables.query("SELECT count(*) FROM " + table.sql() + " WHERE " + condition, row -> row.integer(1))
                .get(0);
        if (wrong > 0) {
            throw problem(table, what + " in " + wrong + " cases", advice);
        }
    }

    private static String tolerance(Table table) {
        return table.column("tolerance")
                .map(c -> "coalesce(try_cast(" + c.sql() + " AS DOUBLE), " + USUAL_TOLERANCE + ")")
                .orElse(USUAL_TOLERANCE + "::DOUBLE");
    }

    private static String name(Table table) {
        return table.column("case").map(c -> c.sql() + "::VARCHAR").orElse("NULL::VARCHAR");
    }

    private static void takeScores(Tables tables, Table table, CaseVerdicts verdicts) {
        String before = "try_cast(" + column(table, "before").sql() + " AS DOUBLE)";
        String after = "try_cast(" + column(table, "after").sql() + " AS DOUBLE)";
        refuse(
                tables,
                table,
                "NOT coalesce(isfinite(" + before + ") AND isfinite(" + after + "), false)",
                "'before' or 'after' is no number",
                "Write the model's scores, or inputs and their changes for it to be run on.");
        tables.each(
                "SELECT "
                        + String.join(", ", column(table, "expect").sql(), tolerance(table), name(table), before, after)
                        + " FROM " + table.sql(),
                row -> verdicts.judge(
                        new MetamorphicCase(row.text(1), row.number(2), name(row)),
                        new double[] {row.number(4)},
                        new double[] {row.number(5)}));
    }

    private static Optional<String> name(Row row) {
        return Optional.ofNullable(row.text(3));
    }

    private void run(Tables tables, Table table, CaseVerdicts verdicts) {
        List<Column> features = features(table);
        requireChanges(tables, table, features);
        RowScoring models = scoring.orElseThrow(() -> problem(
                table,
                "the cases hold inputs, and there is no model to be run on them",
                "Name the model, or give its scores in the columns 'before' and 'after'."));
        CaseRunner runner = new CaseRunner(models.candidateModel(), features, verdicts);
        tables.each(sql(table, features), runner::take);
        runner.finish();
    }

    /** The model's inputs: those that the policy names, else all columns that have no other meaning. */
    private List<Column> features(Table table) {
        if (!columns.features().isEmpty()) {
            return columns.features().stream().map(name -> column(table, name)).toList();
        }
        Set<String> others =
                Set.of("expect", "tolerance", "case", columns.id(), columns.y(), columns.weight(), columns.group());
        return table.columns().stream()
                .filter(column ->
                        !others.contains(column.name()) && !column.name().startsWith(CHANGED))
                .toList();
    }

    private static void requireChanges(Tables tables, Table table, List<Column> features) {
        List<Column> changes = table.columns().stream()
                .filter(column -> column.name().startsWith(CHANGED))
                .toList();
        if (changes.isEmpty()) {
            throw problem(
                    table,
                    "no column says what is changed",
                    "Name it after the feature, such as 'after.distance'; or give scores as 'before' and 'after'.");
        }
        for (Column change : changes) {
            String name = change.name().substring(CHANGED.length());
            Column feature = features.stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> problem(
                            table, "'" + change.name() + "' changes no feature of the model", "Correct its name."));
            requireKind(tables, table, feature, change);
        }
        String none = changes.stream().map(c -> c.sql() + " IS NULL").collect(Collectors.joining(" AND "));
        refuse(tables, table, none, "nothing is changed", "Give a changed value in each case.");
    }

    private static void requireKind(Tables tables, Table table, Column feature, Column change) {
        if (feature.kind() == ColumnKind.NUMERIC) {
            refuse(
                    tables,
                    table,
                    change.sql() + " IS NOT NULL AND try_cast(" + change.sql() + " AS DOUBLE) IS NULL",
                    "'" + change.name() + "' is no number, and the feature is one,",
                    "Write a number.");
        }
    }

    private static String sql(Table table, List<Column> features) {
        Stream<String> head = Stream.of(column(table, "expect").sql(), tolerance(table), name(table));
        Stream<String> before = features.stream().map(column -> value(column, column));
        Stream<String> after = features.stream()
                .map(column -> table.column(CHANGED + column.name())
                        .map(change -> "coalesce(" + value(column, change) + ", " + value(column, column) + ")")
                        .orElseGet(() -> value(column, column)));
        return Stream.of(head, before, after).flatMap(part -> part).collect(Collectors.joining(", ", "SELECT ", ""))
                + " FROM " + table.sql();
    }

    private static String value(Column feature, Column from) {
        return "try_cast(" + from.sql() + " AS " + (feature.kind() == ColumnKind.NUMERIC ? "DOUBLE" : "VARCHAR") + ")";
    }
}
