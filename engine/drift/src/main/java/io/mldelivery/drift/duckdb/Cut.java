package io.mldelivery.drift.duckdb;

import io.mldelivery.data.Column;
import io.mldelivery.data.Sql;
import io.mldelivery.data.Table;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.engine.TimeColumn;
import io.mldelivery.drift.policy.Season;
import io.mldelivery.drift.policy.Window;
import java.util.ArrayList;
import java.util.List;

/** Chooses the rows that are compared: a window of the current data, and the same part of the week of the reference. */
final class Cut {
    private final Tables tables;

    Cut(Tables tables) {
        this.tables = tables;
    }

    /** The window's rows. */
    Table window(Table current, Window window) {
        if (window.rows().isPresent()) {
            return tables.where(
                    current,
                    "row_number >= (SELECT max(row_number) + 1 - "
                            + window.rows().getAsLong() + " FROM " + current.numberedSql() + ")");
        }
        if (window.column().isEmpty()) {
            return current;
        }
        String time = time(current, window.column().get(), "window.column");
        List<String> conditions = new ArrayList<>();
        window.from().ifPresent(from -> conditions.add(time + " >= " + point(from)));
        window.to().ifPresent(to -> conditions.add(time + " < " + point(to)));
        window.last()
                .ifPresent(last -> conditions.add(time + " > (SELECT max(" + time + ") FROM " + current.sql()
                        + ") - INTERVAL '" + last.toMillis() + " milliseconds'"));
        return tables.where(current, String.join(" AND ", conditions));
    }

    /** The reference's rows of the weekdays or hours that the current rows have. */
    Table season(Table reference, Table current, Season season) {
        String before = TimeColumn.part(season, time(reference, season.column(), "season.column"));
        String now = TimeColumn.part(season, time(current, season.column(), "season.column"));
        return tables.where(reference, before + " IN (SELECT DISTINCT " + now + " FROM " + current.sql() + ")");
    }

    private static String time(Table table, String name, String key) {
        Column column = TimeColumn.in(table.source(), table.column(name), name, key);
        return "CAST(" + PointInTime.sql(column) + " AS TIMESTAMP)";
    }

    private static String point(String text) {
        return "CAST(" + Sql.literal(text) + " AS TIMESTAMP)";
    }
}
