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
 *
 * <p>A table of more than {@value #COLUMNS_OF_A_PART} columns is read in parts of so many columns, each a pass over the file, and
 * put together as a view: reading takes memory for some thousand values of each column at once.
 */
final class CsvReader {
    private static final int SAMPLE_ROWS = 20_000;
    private static final int COLUMNS_AT_ONCE = 50;
    private static final int COLUMNS_OF_A_PART = 1000;
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

    /**
     * What was read.
     *
     * @param numbered what stands behind FROM for the rows with their {@code row_number}
     */
    record CsvTable(String numbered, BrokenRows broken) {}

    private record Part(int from, int to) {
        IntStream columns() {
            return IntStream.range(from, to);
        }
    }

    private List<Part> parts() {
        int columns = header.names().size();
        return IntStream.iterate(0, from -> from < columns, from -> from + COLUMNS_OF_A_PART)
                .mapToObj(from -> new Part(from, Math.min(columns, from + COLUMNS_OF_A_PART)))
                .toList();
    }

    /** Reads everything into a table or view of this name. */
    CsvTable into(String table) {
        return database.reading(source.name(), () -> {
            List<Part> parts = parts();
            if (parts.size() == 1) {
                read(table, parts.get(0));
                return new CsvTable("(SELECT *, rowid AS row_number FROM " + table + ")", brokenRows());
            }
            return together(table, parts);
        });
    }

    private CsvTable together(String table, List<Part> parts) throws SQLException {
        List<String> tables = new ArrayList<>();
        for (Part part : parts) {
            tables.add(database.unusedName());
            read(tables.get(tables.size() - 1), part);
        }
        String all = tables.stream().map(part -> part + ".*").collect(Collectors.joining(", "));
        String joined = String.join(" POSITIONAL JOIN ", tables);
        database.execute("CREATE VIEW " + table + " AS SELECT " + all + " FROM " + joined);
        return new CsvTable(
                "(SELECT " + all + ", " + tables.get(0) + ".rowid AS row_number FROM " + joined + ")", brokenRows());
    }

    private void read(String table, Part part) throws SQLException {
        try {
            create(table, part, typesOf(part, " LIMIT " + SAMPLE_ROWS));
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).startsWith("Conversion Error")) {
                throw e;
            }
            create(table, part, typesOf(part, ""));
        }
    }

    private void create(String table, Part part, List<TextType> types) throws SQLException {
        String columns = part.columns()
                .mapToObj(i -> types.get(i - part.from()).cast("c" + i) + " AS "
                        + Sql.identifier(header.names().get(i)))
                .collect(Collectors.joining(", "));
        database.execute("CREATE OR REPLACE TABLE " + table + " AS SELECT " + columns + " FROM " + reader());
    }

    private BrokenRows brokenRows() throws SQLException {
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
    private List<TextType> typesOf(Part part, String limit) throws SQLException {
        String columns = part.columns().mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        database.execute("CREATE TEMP TABLE raw_text AS SELECT " + columns + " FROM " + reader() + limit);
        try {
            List<TextType> types = new ArrayList<>();
            for (int from = part.from(); from < part.to(); from += COLUMNS_AT_ONCE) {
                types.addAll(types(from, Math.min(part.to(), from + COLUMNS_AT_ONCE)));
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
