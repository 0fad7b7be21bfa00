package io.mldelivery.data;

import io.mldelivery.data.CsvReader.CsvTable;
import io.mldelivery.data.address.Addresses;
import io.mldelivery.data.append.RowSource;
import io.mldelivery.data.arrow.ArrowFile;
import io.mldelivery.data.query.QueryFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tables read from files and queried with DuckDB's SQL in this process. A source is a file, a folder of files, a
 * pattern ({@code data/2026-*.parquet}), an address ({@code https}, {@code s3}, {@code gs}) or a query of another database
 * (a file {@code .query.yaml}); its format follows from the name (.csv, .tsv, .jsonl, .parquet, .arrow, text also .gz and
 * .zst). All files of a source make one table.
 *
 * <p>Only the declared sources can be opened, whatever a statement says. What an address names is fetched when the tables
 * are opened. Parquet is read where it lies, each time it is asked; all else is read once. What does not fit the memory limit
 * goes to a temporary folder, removed with all that was fetched on {@link #close}.
 *
 * <p>Not safe for use by several threads. Every failure is a {@link io.mldelivery.model.DeliveryException} that names
 * the source and, where there is one, the line.
 */
public final class Tables implements AutoCloseable {
    private final Database database;
    private final TableOptions options;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private int parts;

    private Tables(Database database, TableOptions options) {
        this.database = database;
        this.options = options;
    }

    /** Declares the sources that may be read; none is read yet, but all must exist. */
    public static Tables open(TableOptions options, String... sources) {
        Tables tables = new Tables(new Database(options), options);
        try {
            tables.declare(List.of(sources));
            return tables;
        } catch (RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    private void declare(List<String> names) {
        for (String name : names) {
            sources.put(name, resolve(name));
        }
        List<String> allowed = new ArrayList<>();
        sources.values().forEach(source -> {
            allowed.addAll(source.files());
            allowed.addAll(source.patterns());
        });
        database.reading("the tables", () -> {
            database.allowOnly(allowed);
            return null;
        });
    }

    private Source resolve(String name) {
        return Addresses.is(name)
                ? Source.fetched(
                        Addresses.shown(name), Addresses.fetch(name, options.environment(), database.newFolder()))
                : Source.resolve(options.folder(), name, this::glob);
    }

    private List<String> glob(String pattern) {
        String sql = "SELECT file FROM glob(" + Sql.literal(pattern) + ")";
        return database.reading(pattern, () -> database.query(sql, row -> row.text(1)));
    }

    /** Reads a declared source; asked again, answers with the same table. */
    public Table read(String source) {
        Source declared = sources.get(source);
        if (declared == null) {
            throw new IllegalArgumentException(source + " was not declared when the tables were opened");
        }
        Table known = tables.get(source);
        if (known == null) {
            known = read(declared, "table" + (tables.size() + 1));
            tables.put(source, known);
        }
        return known;
    }

    private Table read(Source source, String name) {
        switch (source.format()) {
            case CSV, TSV -> {
                CsvTable table = new CsvReader(database, source, options.brokenRows()).into(name);
                return describe(source, name, table.numbered(), table.broken());
            }
            case JSON_LINES ->
                create(
                        "TABLE",
                        name,
                        source,
                        "read_json(" + Sql.list(source.patterns())
                                + ", format='newline_delimited', sample_size=-1, union_by_name=true)");
            case PARQUET -> create("VIEW", name, source, parquet(source, ""));
            case ARROW -> append(source, name, file -> ArrowFile.open(source.name(), Path.of(file)));
            case QUERY ->
                append(
                        source,
                        name,
                        file -> QueryFile.read(source.name(), Path.of(file)).open(options.environment()));
        }
        return describe(source, name, numbered(source, name), BrokenRows.NONE);
    }

    private void append(Source source, String name, Function<String, RowSource> reader) {
        if (source.files().size() > 1) {
            throw Problems.data(
                    source.name() + ": " + source.files().size() + " files",
                    "Name one Arrow file or query at a time; several files of Parquet make one table.");
        }
        try (RowSource rows = reader.apply(source.files().get(0))) {
            database.reading(source.name(), () -> {
                database.append(source.name(), name, rows);
                return null;
            });
        }
    }

    private static String parquet(Source source, String more) {
        return "read_parquet(" + Sql.list(source.patterns()) + ", union_by_name=true" + more + ")";
    }

    /** A relation whose rows carry their number: a table's own, or that in the Parquet file. */
    private static String numbered(Source source, String name) {
        return source.format() == Format.PARQUET
                ? "(SELECT *, file_row_number AS row_number FROM " + parquet(source, ", file_row_number=true") + ")"
                : "(SELECT *, rowid AS row_number FROM " + name + ")";
    }

    private void create(String what, String name, Source source, String reader) {
        database.reading(source.name(), () -> {
            database.execute("CREATE " + what + " " + name + " AS SELECT * FROM " + reader);
            return null;
        });
    }

    private Table describe(Source source, String name, String numbered, BrokenRows broken) {
        return database.reading(source.name(), () -> {
            long rows = database.query("SELECT count(*) FROM " + name, row -> row.integer(1))
                    .get(0);
            List<Column> columns = new Columns(database, name).list();
            return new Table(source.name(), name, numbered, columns, rows, broken);
        });
    }

    /**
     * The rows of a table for which a condition holds, as a table of the same columns.
     *
     * @param condition SQL over the table's columns and {@code row_number}
     */
    public Table where(Table table, String condition) {
        String name = Sql.identifier("part" + ++parts);
        String columns = table.columns().stream().map(Column::sql).collect(Collectors.joining(", "));
        String numbered = "(SELECT * FROM " + table.numberedSql() + " WHERE " + condition + ")";
        execute("CREATE VIEW " + name + " AS SELECT " + columns + " FROM " + numbered);
        long rows = query("SELECT count(*) FROM " + name, row -> row.integer(1)).get(0);
        return new Table(table.source(), name, numbered, table.columns(), rows, table.broken());
    }

    /** How many bytes lie in the temporary folder now because the memory limit did not suffice. */
    public long spilledBytes() {
        return query("SELECT coalesce(sum(size), 0)::BIGINT FROM duckdb_temporary_files()", row -> row.integer(1))
                .get(0);
    }

    /** All rows of a query, mapped. The statement names tables by {@link Table#sql} and columns by {@link Column#sql}. */
    public <T> List<T> query(String sql, Function<Row, T> mapper) {
        try {
            return database.query(sql, mapper);
        } catch (SQLException e) {
            throw Problems.query(sourceNames(), e);
        }
    }

    /** Hands the rows of a query over one by one; DuckDB holds the result. */
    public void each(String sql, Consumer<Row> consumer) {
        try {
            database.each(sql, consumer);
        } catch (SQLException e) {
            throw Problems.query(sourceNames(), e);
        }
    }

    /** Runs a statement that has no result, such as {@code CREATE TABLE … AS}. */
    public void execute(String sql) {
        try {
            database.execute(sql);
        } catch (SQLException e) {
            throw Problems.query(sourceNames(), e);
        }
    }

    private String sourceNames() {
        return sources.keySet().stream().collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        database.close();
    }
}
