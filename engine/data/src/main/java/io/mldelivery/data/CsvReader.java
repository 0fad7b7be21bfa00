package io.mldelivery.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads delimited text. All values are read as text and cast to the narrowest type that fits every value: whole number,
 * number, date, point in time, text. Types are taken from the first rows; when a later row does not fit, from all rows.
 */
final class CsvReader {
    /** What stands for a missing value: pandas' list, so that both read the same file alike. */
    private static final List<String> MISSING = List.of("", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN",
            "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null");

    private static final int SAMPLE_ROWS = 20_000;
    private static final int COLUMNS_AT_ONCE = 50;

    private final Database database;
    private final Source source;
    private final CsvHeader header;

    CsvReader(Database database, Source source) {
        this.database = database;
        this.source = source;
        this.header = header();
    }

    private CsvHeader header() {
        CsvHeader first = null;
        for (String file : source.patterns()) {
            CsvHeader next = CsvHeader.parse(source.name(), source.format(), firstLine(file));
            if (first != null && !first.equals(next)) {
                throw Problems.data(source.name() + ": the header of " + file + " differs from that of the first file",
                        "All files of one table need the same columns in the same order.");
            }
            first = next;
        }
        return first;
    }

    private String firstLine(String pattern) {
        String sql = "SELECT line FROM read_csv(" + Sql.literal(pattern) + ", auto_detect=false, header=false,"
                + " columns={'line':'VARCHAR'}, delim=e'\\x01', quote='', escape='') LIMIT 1";
        return database.reading(source.name(), () -> database.query(sql, row -> row.text(1))).stream()
                .findFirst()
                .filter(line -> line != null)
                .orElseThrow(() -> Problems.data(source.name() + ": the file is empty",
                        "Write the data again; a table needs a header."));
    }

    /** Reads everything into a table of this (quoted) name. */
    void into(String table) {
        database.reading(source.name(), () -> {
            try {
                create(table, reader(), typesOf(" LIMIT " + SAMPLE_ROWS));
            } catch (SQLException e) {
                if (!String.valueOf(e.getMessage()).startsWith("Conversion Error")) {
                    throw e;
                }
                create(table, reader(), typesOf(""));
            }
            return null;
        });
    }

    private void create(String table, String rows, List<String> types) throws SQLException {
        String columns = IntStream.range(0, types.size())
                .mapToObj(i -> "CAST(c" + i + " AS " + types.get(i) + ") AS " + Sql.identifier(header.names().get(i)))
                .collect(Collectors.joining(", "));
        database.execute("CREATE TABLE " + table + " AS SELECT " + columns + " FROM " + rows);
    }

    /** Looks at some columns at a time: a statement with tens of thousands of aggregates takes minutes to plan. */
    private List<String> typesOf(String limit) throws SQLException {
        database.execute("CREATE TEMP TABLE raw_text AS SELECT * FROM " + reader() + limit);
        try {
            List<String> types = new ArrayList<>();
            for (int from = 0; from < header.names().size(); from += COLUMNS_AT_ONCE) {
                types.addAll(types(from, Math.min(header.names().size(), from + COLUMNS_AT_ONCE)));
            }
            return types;
        } finally {
            database.execute("DROP TABLE raw_text");
        }
    }

    private List<String> types(int from, int to) throws SQLException {
        String counts = IntStream.range(from, to).mapToObj(i -> fits("c" + i)).collect(Collectors.joining(", "));
        return database.query("SELECT " + counts + " FROM raw_text", row -> types(row, to - from)).get(0);
    }

    private String reader() {
        String columns = IntStream.range(0, header.names().size())
                .mapToObj(i -> "'c" + i + "':'VARCHAR'")
                .collect(Collectors.joining(",", "{", "}"));
        return "read_csv(" + Sql.list(source.patterns()) + ", auto_detect=false, header=true, delim="
                + Sql.literal(String.valueOf(header.delimiter())) + ", quote='\"', escape='\"', nullstr="
                + Sql.list(MISSING) + ", columns=" + columns + ")";
    }

    private static String fits(String column) {
        return "count(" + column + "), count_if(regexp_full_match(" + column + ", '[+-]?\\d{1,18}')), count(TRY_CAST("
                + column + " AS DOUBLE)), count_if(regexp_full_match(" + column + ", '\\d{4}-\\d\\d-\\d\\d')"
                + " AND TRY_CAST(" + column + " AS DATE) IS NOT NULL), count(TRY_CAST(" + column + " AS TIMESTAMP))";
    }

    private static List<String> types(Row row, int columns) {
        List<String> types = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            types.add(type(row, 5 * i + 1));
        }
        return types;
    }

    private static String type(Row row, int first) {
        List<String> narrowestFirst = List.of("BIGINT", "DOUBLE", "DATE", "TIMESTAMP");
        long values = row.integer(first);
        for (int i = 0; i < narrowestFirst.size(); i++) {
            if (values > 0 && row.integer(first + 1 + i) == values) {
                return narrowestFirst.get(i);
            }
        }
        return values == 0 ? "DOUBLE" : "VARCHAR";
    }
}
