package io.mldelivery.data;

import io.mldelivery.data.append.RowSource;
import io.mldelivery.data.append.RowSource.NamedType;
import io.mldelivery.data.append.ValueSink;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Writes rows into a table of the database, which spills them when memory is short. */
final class Appended implements ValueSink {
    private final DuckDBAppender appender;

    private Appended(DuckDBAppender appender) {
        this.appender = appender;
    }

    /** Creates the table and takes all rows; {@code name} is not quoted. */
    static void into(DuckDBConnection connection, String source, String name, RowSource rows) throws SQLException {
        List<NamedType> columns = rows.columns();
        CsvHeader.refuseDuplicates(source, columns.stream().map(NamedType::name).toList());
        String definitions = columns.stream()
                .map(column ->
                        Sql.identifier(column.name()) + " " + column.type().sql())
                .collect(Collectors.joining(", "));
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TABLE " + Sql.identifier(name) + " (" + definitions + ")");
        }
        try (DuckDBAppender appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, name)) {
            var sink = new Appended(appender);
            while (rows.next()) {
                appender.beginRow();
                for (int i = 0; i < columns.size(); i++) {
                    rows.write(i, sink);
                }
                appender.endRow();
            }
        }
    }

    private interface Append {
        Object run() throws SQLException;
    }

    private static void append(Append step) {
        try {
            step.run();
        } catch (SQLException e) {
            throw Problems.query("taking rows over", e);
        }
    }

    @Override
    public void missing() {
        append(appender::appendNull);
    }

    @Override
    public void whole(long value) {
        append(() -> appender.append(value));
    }

    @Override
    public void number(double value) {
        append(() -> appender.append(value));
    }

    @Override
    public void truth(boolean value) {
        append(() -> appender.append(value));
    }

    @Override
    public void text(String value) {
        append(() -> appender.append(value));
    }

    @Override
    public void day(long days) {
        append(() -> appender.appendEpochDays(Math.toIntExact(days)));
    }

    @Override
    public void moment(long micros) {
        append(() -> appender.appendEpochMicros(micros));
    }

    @Override
    public void numbers(double[] values) {
        append(() -> appender.append(values));
    }
}
