package io.mldelivery.data;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds out which columns a table has and what their values are. */
final class Columns {
    private static final int SAMPLE_ROWS = ColumnKind.ROWS_LOOKED_AT;
    private static final int COLUMNS_AT_ONCE = 50;

    private final Database database;
    private final String table;

    Columns(Database database, String table) {
        this.database = database;
        this.table = table;
    }

    List<Column> list() throws SQLException {
        List<Column> columns = database.query("DESCRIBE " + table, row -> {
            String type = row.text(2);
            return new Column(row.text(1), ColumnKind.of(type), type);
        });
        Set<String> texts = texts(columns);
        return columns.stream()
                .map(column -> texts.contains(column.name())
                        ? new Column(column.name(), ColumnKind.TEXT, column.type())
                        : column)
                .toList();
    }

    private Set<String> texts(List<Column> columns) throws SQLException {
        List<Column> candidates = columns.stream()
                .filter(column -> column.type().equals("VARCHAR"))
                .toList();
        Set<String> texts = new HashSet<>();
        for (int from = 0; from < candidates.size(); from += COLUMNS_AT_ONCE) {
            texts.addAll(textsAmong(candidates.subList(from, Math.min(candidates.size(), from + COLUMNS_AT_ONCE))));
        }
        return texts;
    }

    private List<String> textsAmong(List<Column> candidates) throws SQLException {
        String measures = candidates.stream()
                .map(column -> "count(" + column.sql() + "), count(DISTINCT " + column.sql()
                        + "), avg(len(string_split(" + column.sql() + ", ' ')))")
                .collect(Collectors.joining(", "));
        String selected = candidates.stream().map(Column::sql).collect(Collectors.joining(", "));
        String sql =
                "SELECT " + measures + " FROM (SELECT " + selected + " FROM " + table + " LIMIT " + SAMPLE_ROWS + ")";
        return database.query(
                        sql,
                        row -> IntStream.range(0, candidates.size())
                                .filter(i -> ColumnKind.isText(
                                        row.integer(3 * i + 1), row.integer(3 * i + 2), row.number(3 * i + 3)))
                                .mapToObj(i -> candidates.get(i).name())
                                .toList())
                .get(0);
    }
}
