package io.mldelivery.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads delimited text. All values are read as text and cast to the narrowest {@link TextType} that fits every value.
 * Types are taken from the first rows; when a later row does not fit, from all rows.
 */
final class CsvReader {
    private static final int SAMPLE_ROWS = 20_000;
    private static final int COLUMNS_AT_ONCE = 50;
    private static final int EXAMPLES = 5;

    private final Database database;
    private final Source source;
    private final CsvHeader header;
    private final long tolerated;
    private String rejected = "";

    /** {@code tolerated} rows may be unreadable; with 0 the first one is refused. */
    CsvReader(Database database, Source source, long tolerated) {
        this.database = database;
        this.source = source;
        this.tolerated = tolerated;
        this.header = header();
    }

    private CsvHeader header() {
        CsvHeader first = null;
        for (String file : source.patterns()) {
            CsvHeader next = CsvHeader.parse(source.name(), source.format(), firstLine(file));
            if (first != null && !first.equals(next)) {
                throw Problems.data(
                        source.name() + ": the header of " + file + " differs from that of the first file",
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
                .orElseThrow(() -> Problems.data(
                        source.name() + ": the file is empty", "Write the data again; a table needs a header."));
    }

    /** Reads everything into a table of this (quoted) name; answers with the rows that were left out. */
    BrokenRows into(String table) {
        return database.reading(source.name(), () -> {
            try {
                return create(table, typesOf(" LIMIT " + SAMPLE_ROWS));
            } catch (SQLException e) {
                if (!String.valueOf(e.getMessage()).startsWith("Conversion Error")) {
                    throw e;
                }
                return create(table, typesOf(""));
            }
        });
    }

    private BrokenRows create(String table, List<TextType> types) throws SQLException {
        String columns = IntStream.range(0, types.size())
                .mapToObj(i -> types.get(i).cast("c" + i) + " AS "
                        + Sql.identifier(header.names().get(i)))
                .collect(Collectors.joining(", "));
        database.execute("CREATE OR REPLACE TABLE " + table + " AS SELECT " + columns + " FROM " + reader());
        return tolerated == 0 ? BrokenRows.NONE : broken();
    }

    private BrokenRows broken() throws SQLException {
        long count = database.query("SELECT count(DISTINCT (file_id, line)) FROM " + rejected, row -> row.integer(1))
                .get(0);
        List<String> examples = database.query(
                "SELECT line, min(CAST(error_type AS VARCHAR)) FROM " + rejected + " GROUP BY line ORDER BY line LIMIT "
                        + EXAMPLES,
                row -> source.name() + ":" + row.integer(1) + ": " + words(row.text(2)));
        if (count > tolerated) {
            throw Problems.data(
                    source.name() + ": " + count + " rows cannot be read, tolerated are " + tolerated + "; "
                            + String.join("; ", examples),
                    "Correct these lines, or raise the limit on broken rows.");
        }
        return new BrokenRows(count, examples);
    }

    private static String words(String error) {
        return switch (error) {
            case "MISSING COLUMNS" -> "too few values";
            case "TOO MANY COLUMNS" -> "too many values";
            case "UNQUOTED VALUE" -> "a double quote is not closed";
            case "INVALID ENCODING", "INVALID UNICODE" -> "not UTF-8 text";
            default -> error.toLowerCase(java.util.Locale.ROOT);
        };
    }

    /** Looks at some columns at a time: a statement with tens of thousands of aggregates takes minutes to plan. */
    private List<TextType> typesOf(String limit) throws SQLException {
        database.execute("CREATE TEMP TABLE raw_text AS SELECT * FROM " + reader() + limit);
        try {
            List<TextType> types = new ArrayList<>();
            for (int from = 0; from < header.names().size(); from += COLUMNS_AT_ONCE) {
                types.addAll(types(from, Math.min(header.names().size(), from + COLUMNS_AT_ONCE)));
            }
            return types;
        } finally {
            database.execute("DROP TABLE raw_text");
        }
    }

    private List<TextType> types(int from, int to) throws SQLException {
        List<Integer> columns = IntStream.range(from, to).boxed().toList();
        Map<Integer, TypeCounts> counts = new LinkedHashMap<>();
        columns.forEach(column -> counts.put(column, new TypeCounts(header.delimiter())));
        for (List<TextType> stage : TextType.STAGES) {
            List<Integer> open = columns.stream()
                    .filter(column -> counts.get(column).isOpen())
                    .toList();
            if (!open.isEmpty()) {
                count(open, stage, counts);
            }
        }
        return columns.stream().map(column -> counts.get(column).narrowest()).toList();
    }

    /** Counts how many values of these columns can be read as these types. */
    private void count(List<Integer> columns, List<TextType> types, Map<Integer, TypeCounts> counts)
            throws SQLException {
        String measures = columns.stream()
                .map(column -> "count(c" + column + "), "
                        + types.stream().map(type -> type.count("c" + column)).collect(Collectors.joining(", ")))
                .collect(Collectors.joining(", "));
        database.each("SELECT " + measures + " FROM raw_text", row -> {
            int next = 1;
            for (int column : columns) {
                counts.get(column).values(row.integer(next++));
                for (TextType type : types) {
                    counts.get(column).add(type, row.integer(next++));
                }
            }
        });
    }

    private String reader() {
        String columns = IntStream.range(0, header.names().size())
                .mapToObj(i -> "'c" + i + "':'VARCHAR'")
                .collect(Collectors.joining(",", "{", "}"));
        return "read_csv(" + Sql.list(source.patterns()) + ", auto_detect=false, header=true, delim="
                + Sql.literal(String.valueOf(header.delimiter())) + ", quote='\"', escape='\"', nullstr="
                + Sql.list(MissingValues.NAMES) + ", columns=" + columns + rejecting() + ")";
    }

    /** Each reading keeps its own list of what it could not read. */
    private String rejecting() {
        if (tolerated == 0) {
            return "";
        }
        rejected = database.unusedName();
        return ", store_rejects=true, rejects_limit=0, rejects_table='" + rejected + "', rejects_scan='"
                + database.unusedName() + "'";
    }
}
