package io.mldelivery.data;

import io.mldelivery.data.append.RowSource;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** A DuckDB of its own, in memory, with a folder to spill into. Not safe for use by several threads. */
final class Database implements AutoCloseable {
    private final Connection connection;
    private final Path temporary;
    private int named;

    Database(TableOptions options) {
        temporary = temporaryFolder(options.temporary());
        var properties = new Properties();
        properties.put("memory_limit", options.memoryBytes() / 1024 + "KiB");
        properties.put("temp_directory", temporary.resolve("spilled").toString());
        properties.put("threads", String.valueOf(options.threads()));
        properties.put("autoinstall_known_extensions", "false");
        properties.put("autoload_known_extensions", "false");
        try {
            connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
        } catch (SQLException e) {
            deleteTemporary();
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "DuckDB does not start: " + e.getMessage(),
                    "Check that the folder for temporary files is writable and allows programs to be loaded.",
                    e);
        }
    }

    private static Path temporaryFolder(Path temporary) {
        try {
            Files.createDirectories(temporary);
            return Files.createTempDirectory(temporary, "mldelivery-tables").toAbsolutePath();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    temporary + ": no temporary folder can be made: " + e.getMessage(),
                    "Free disk space, or name another temporary folder.",
                    e);
        }
    }

    /** From here on only these files (and the temporary folder of spilled data) can be opened, whatever a statement says. */
    void allowOnly(List<String> files) throws SQLException {
        execute("SET parquet_metadata_cache=true"); // wide tables are read in parts, and files do not change meanwhile
        execute("SET allowed_paths=" + Sql.list(files));
        execute("SET enable_external_access=false");
        execute("SET lock_configuration=true");
    }

    /** A name that no table has. */
    String unusedName() {
        return "unused" + ++named;
    }

    /** A new folder for files of this database, which is removed on close. */
    Path newFolder() {
        try {
            return Files.createDirectory(temporary.resolve("files" + ++named));
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    temporary + ": no folder can be made: " + e.getMessage(),
                    "Free disk space, or name another temporary folder.",
                    e);
        }
    }

    /** Takes rows into a new table of this name, which is not quoted. */
    void append(String source, String table, RowSource rows) throws SQLException {
        Appended.into((DuckDBConnection) connection, source, table, rows);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    <T> List<T> query(String sql, Function<Row, T> mapper) throws SQLException {
        List<T> results = new ArrayList<>();
        each(sql, row -> results.add(mapper.apply(row)));
        return results;
    }

    void each(String sql, Consumer<Row> consumer) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            Row row = new Row(result);
            while (result.next()) {
                consumer.accept(row);
            }
        }
    }

    interface Reading<T> {
        T run() throws SQLException;
    }

    /** Runs something that reads the named source; a failure names the source. */
    <T> T reading(String source, Reading<T> reading) {
        try {
            return reading.run();
        } catch (SQLException e) {
            throw Problems.reading(source, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "DuckDB does not stop: " + e.getMessage(),
                    "Check the disk that holds temporary files.",
                    e);
        } finally {
            deleteTemporary();
        }
    }

    private void deleteTemporary() {
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    temporary + ": temporary data cannot be removed: " + e.getMessage(),
                    "Remove the folder by hand.",
                    e);
        }
    }
}
