package io.mldelivery.gate;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Writes a Parquet file with many equal rows, which is small. */
final class ParquetRows {
    private ParquetRows() {}

    static void write(Path file, long rows) {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT 1::TINYINT AS y, 1::TINYINT AS score FROM range(" + rows + ")) TO '" + file
                    + "' (FORMAT parquet)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
