package io.mldelivery.gate.origin;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Table;
import io.mldelivery.data.TableOptions;
import io.mldelivery.data.Tables;
import io.mldelivery.gate.judge.GateInput.Derived;
import io.mldelivery.gate.policy.Origin;
import io.mldelivery.gate.policy.Origin.Data;
import io.mldelivery.gate.policy.Origin.Overlap;
import io.mldelivery.gate.policy.PredictionColumns;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One value of one or two tables, computed by DuckDB. */
final class TableMeasure {
    private static final double SECONDS_A_DAY = 86_400;

    private final Path folder;
    private final PredictionColumns columns;
    private final Optional<String> predictions;
    private final Instant now;

    TableMeasure(Path folder, PredictionColumns columns, Optional<String> predictions, Instant now) {
        this.folder = folder;
        this.columns = columns;
        this.predictions = predictions;
        this.now = now;
    }

    Derived measure(Origin origin) {
        if (origin instanceof Overlap overlap) {
            return overlap(overlap);
        }
        if (origin instanceof Data data) {
            return data(data);
        }
        throw new IllegalStateException("not measured as a table: " + origin);
    }

    private static Column column(Table table, String name) {
        return table.column(name).orElseThrow(() -> problem(table, "there is no column '" + name + "'"));
    }

    private static DeliveryException problem(Table table, String what) {
        return new DeliveryException(
                Code.DATA,
                table.source() + ": " + what,
                "The file has " + table.columns().stream().map(Column::name).collect(Collectors.joining(", ")) + ".");
    }

    private Derived overlap(Overlap overlap) {
        String evaluated = predictions.orElseThrow(() -> new DeliveryException(
                Code.DATA,
                "the overlap with " + overlap.train() + " needs the evaluated rows",
                "Give the predictions."));
        try (Tables tables = Tables.open(TableOptions.in(folder), evaluated, overlap.train())) {
            Table rows = tables.read(evaluated);
            Table train = tables.read(overlap.train());
            List<String> names = overlap.columns().isEmpty() ? List.of(columns.id()) : overlap.columns();
            String condition = names.stream()
                    .map(name -> "e." + column(rows, name).sql() + "::VARCHAR IS NOT DISTINCT FROM t."
                            + column(train, name).sql() + "::VARCHAR")
                    .collect(Collectors.joining(" AND "));
            long seen = tables.query(
                            "SELECT count(*) FROM " + rows.sql() + " e SEMI JOIN " + train.sql() + " t ON " + condition,
                            row -> row.integer(1))
                    .get(0);
            return Origins.of((double) seen / rows.rows(), rows.rows());
        }
    }

    private Derived data(Data data) {
        try (Tables tables = Tables.open(TableOptions.in(folder), data.file())) {
            Table table = tables.read(data.file());
            if (data.check() == Origin.Check.SCHEMA) {
                return schema(data, table);
            }
            if (data.column().isEmpty()) {
                return Origins.of(table.rows(), Long.MAX_VALUE);
            }
            Column column = column(table, data.column().get());
            requireKind(table, column, data.check());
            double value = tables.query(
                            "SELECT " + expression(column, data.check()) + " FROM " + table.sql(), row -> row.number(1))
                    .get(0);
            return Origins.of(value, table.rows());
        }
    }

    /** The number of columns that are not as expected, with the first few of them. */
    private static Derived schema(Data data, Table table) {
        List<String> wrong = new ArrayList<>();
        data.schema().forEach((name, holds) -> {
            Optional<Column> column = table.column(name);
            if (column.isEmpty()) {
                wrong.add(name + " is absent");
            } else if (!holds(column.get(), holds)) {
                wrong.add(name + " holds " + column.get().type());
            }
        });
        String detail = wrong.stream().limit(3).collect(Collectors.joining(", ")) + (wrong.size() > 3 ? ", …" : "");
        return Origins.of(wrong.size(), Long.MAX_VALUE, detail);
    }

    private static boolean holds(Column column, Origin.Holds expected) {
        return switch (expected) {
            case NUMBER -> column.kind() == ColumnKind.NUMERIC;
            case DATE -> column.kind() == ColumnKind.DATETIME;
            case BOOLEAN -> column.type().equals("BOOLEAN");
            case TEXT -> column.type().equals("VARCHAR");
        };
    }

    private static void requireKind(Table table, Column column, Origin.Check check) {
        boolean fits = switch (check) {
            case MIN, MAX -> column.kind() == ColumnKind.NUMERIC;
            case AGE_DAYS -> column.kind() == ColumnKind.DATETIME;
            case ROWS, NULLS, DISTINCT, SCHEMA -> true;
        };
        if (!fits) {
            throw problem(
                    table,
                    "the column '" + column.name() + "' holds " + column.type() + ", which has no "
                            + check.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    private String expression(Column column, Origin.Check check) {
        String name = column.sql();
        return switch (check) {
            case ROWS, SCHEMA -> "count(*)";
            case NULLS -> "count(*) FILTER (" + name + " IS NULL) / count(*)";
            case MIN -> "min(" + name + ")::DOUBLE";
            case MAX -> "max(" + name + ")::DOUBLE";
            case DISTINCT -> "count(DISTINCT " + name + ")";
            case AGE_DAYS -> "(" + now.getEpochSecond() + " - epoch(max(" + name + ")::TIMESTAMP)) / " + SECONDS_A_DAY;
        };
    }
}
