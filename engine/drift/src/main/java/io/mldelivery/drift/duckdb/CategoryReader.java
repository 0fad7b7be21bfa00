package io.mldelivery.drift.duckdb;

import io.mldelivery.data.Column;
import io.mldelivery.data.Table;
import io.mldelivery.data.Tables;
import io.mldelivery.drift.engine.DriftData;
import io.mldelivery.drift.statistics.CategoryPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts the categories of one column in both tables, over all rows. */
final class CategoryReader {
    private final Tables tables;
    private final Table reference;
    private final Table current;

    CategoryReader(Tables tables, Table reference, Table current) {
        this.tables = tables;
        this.reference = reference;
        this.current = current;
    }

    private record Level(String name, long reference, long current, long levels) {}

    CategoryPair count(Column column) {
        String sql = "SELECT v, sum(r)::BIGINT, sum(c)::BIGINT, count(*) OVER () FROM ("
                + counts(column, reference, "n", "0") + " UNION ALL " + counts(column, current, "0", "n")
                + ") GROUP BY v ORDER BY sum(r) + sum(c) DESC, v LIMIT " + DriftData.MOST_LEVELS;
        List<Level> levels = new ArrayList<>(
                tables.query(sql, row -> new Level(row.text(1), row.integer(2), row.integer(3), row.integer(4))));
        if (levels.size() == DriftData.MOST_LEVELS) {
            levels.add(rest(column, levels));
        }
        levels.sort(Comparator.comparing(Level::name));
        return new CategoryPair(
                levels.stream().map(Level::name).toList(),
                levels.stream().mapToLong(Level::reference).toArray(),
                levels.stream().mapToLong(Level::current).toArray());
    }

    private static String counts(Column column, Table table, String left, String right) {
        return "SELECT v, " + left + " AS r, " + right + " AS c FROM (SELECT CAST(" + column.sql()
                + " AS VARCHAR) AS v, count(*) AS n FROM " + table.sql() + " WHERE " + column.sql()
                + " IS NOT NULL GROUP BY 1)";
    }

    private Level rest(Column column, List<Level> known) {
        long left = values(column, reference)
                - known.stream().mapToLong(Level::reference).sum();
        long right = values(column, current)
                - known.stream().mapToLong(Level::current).sum();
        return new Level(known.get(0).levels() - known.size() + " rare categories", left, right, 0);
    }

    private long values(Column column, Table table) {
        return tables.query("SELECT count(" + column.sql() + ") FROM " + table.sql(), row -> row.integer(1))
                .get(0);
    }
}
