package io.mldelivery.drift.measure;

import io.mldelivery.data.Column;
import io.mldelivery.data.Table;
import io.mldelivery.data.Tables;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The columns of one side of a comparison.
 *
 * @param source what the user called it
 * @param isEmpty whether a column has no value at all
 */
public record Schema(String source, List<Column> columns, Predicate<Column> isEmpty) {

    public static Schema of(Tables tables, Table table) {
        return new Schema(
                table.source(),
                table.columns(),
                column -> tables.query("SELECT count(" + column.sql() + ") FROM " + table.sql(), row -> row.integer(1))
                                .get(0)
                        == 0);
    }

    Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
