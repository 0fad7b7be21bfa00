package io.mldelivery.gate.predictions;

import io.mldelivery.config.Nearest;
import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Table;
import io.mldelivery.data.Tables;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.List;
import java.util.Optional;

/** One table of predictions: its columns and what can be wrong with them. */
final class Source {
    private final Tables tables;
    private final Table table;

    Source(Tables tables, Table table) {
        this.tables = tables;
        this.table = table;
    }

    String sql() {
        return table.sql();
    }

    String name() {
        return table.source();
    }

    long rows() {
        return table.rows();
    }

    Optional<Column> find(String column) {
        return table.column(column);
    }

    Column get(String column) {
        return find(column).orElseThrow(() -> problem("there is no column '" + column + "'", advice(column)));
    }

    private String advice(String column) {
        List<String> names = table.columns().stream().map(Column::name).toList();
        List<String> near = Nearest.to(column, names);
        return near.isEmpty()
                ? "The file has " + String.join(", ", names) + "; name the columns under 'predictions:' of the policy."
                : "Did you mean " + String.join(" or ", near) + "? Name columns under 'predictions:' of the policy.";
    }

    DeliveryException problem(String what, String advice) {
        return new DeliveryException(Code.DATA, name() + ": " + what, advice);
    }

    long count(String condition) {
        return tables.query("SELECT count(*) FROM " + sql() + " WHERE " + condition, row -> row.integer(1))
                .get(0);
    }

    /** Fails when the column is not numeric or holds missing, NaN or infinite values. */
    void requireFinite(Column column) {
        if (column.kind() != ColumnKind.NUMERIC) {
            throw problem(
                    "the column '" + column.name() + "' holds " + column.type() + ", not numbers",
                    "Write numbers; classes belong into the column of predictions.");
        }
        String value = column.sql() + "::DOUBLE";
        long bad = count(column.sql() + " IS NULL OR isnan(" + value + ") OR isinf(" + value + ")");
        if (bad > 0) {
            throw problem(
                    "the column '" + column.name() + "' is missing, NaN or infinite in " + bad + " of " + rows()
                            + " rows",
                    "Find out why the model gave no score there; missing scores are never judged.");
        }
    }

    void requirePresent(Column column) {
        long missing = count(column.sql() + " IS NULL");
        if (missing > 0) {
            throw problem(
                    "the column '" + column.name() + "' is missing in " + missing + " of " + rows() + " rows",
                    "Fill it in or leave these rows out on purpose.");
        }
    }

    void requireWeights(Column column) {
        requireFinite(column);
        long negative = count(column.sql() + " < 0");
        if (negative > 0) {
            throw problem(
                    "the column '" + column.name() + "' is negative in " + negative + " rows",
                    "Weights count how often a row stands: 0 or more.");
        }
        if (count(column.sql() + " > 0") == 0) {
            throw problem("the column '" + column.name() + "' is 0 in every row", "Give at least one row weight.");
        }
    }

    /** Fails when two rows have the same id. */
    void requireUnique(Column id) {
        requirePresent(id);
        String groups = " FROM " + sql() + " GROUP BY ALL HAVING count(*) > 1";
        List<String> examples =
                tables.query("SELECT " + id.sql() + "::VARCHAR" + groups + " ORDER BY 1 LIMIT 3", row -> row.text(1));
        if (!examples.isEmpty()) {
            long count = tables.query("SELECT count(*) FROM (SELECT " + id.sql() + groups + ")", row -> row.integer(1))
                    .get(0);
            throw problem(
                    count + " ids stand more than once in the column '" + id.name() + "', such as "
                            + String.join(", ", examples),
                    "Each row needs an id of its own.");
        }
    }

    List<String> distinct(Column column, int atMost) {
        return tables.query(
                "SELECT DISTINCT " + column.sql() + "::VARCHAR AS v FROM " + sql() + " WHERE " + column.sql()
                        + " IS NOT NULL ORDER BY v LIMIT " + atMost,
                row -> row.text(1));
    }
}
