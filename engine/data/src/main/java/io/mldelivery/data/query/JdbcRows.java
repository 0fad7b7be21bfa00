package io.mldelivery.data.query;

import io.mldelivery.data.append.RowSource;
import io.mldelivery.data.append.ValueSink;
import io.mldelivery.data.append.ValueType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A query's result, fetched in parts of some thousand rows where the driver can do that. */
final class JdbcRows implements RowSource {
    private static final int ROWS_AT_ONCE = 10_000;

    private final QueryFile query;
    private final JdbcDrivers drivers;
    private final Connection connection;
    private final Statement statement;
    private final ResultSet result;
    private final List<NamedType> columns;

    private JdbcRows(QueryFile query, JdbcDrivers drivers, Connection connection, Statement statement, ResultSet result)
            throws SQLException {
        this.query = query;
        this.drivers = drivers;
        this.connection = connection;
        this.statement = statement;
        this.result = result;
        this.columns = columns(result.getMetaData());
    }

    /** Read-only and in one transaction: PostgreSQL fetches in parts only inside of one. */
    static JdbcRows run(QueryFile query, Connection connection, JdbcDrivers drivers) {
        try {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            Statement statement = connection.createStatement();
            statement.setFetchSize(ROWS_AT_ONCE);
            return new JdbcRows(query, drivers, connection, statement, statement.executeQuery(query.query()));
        } catch (SQLException e) {
            closeAfter(e, connection);
            throw query.failed("the query failed: ", e);
        }
    }

    private static void closeAfter(SQLException cause, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static List<NamedType> columns(ResultSetMetaData description) throws SQLException {
        List<NamedType> columns = new ArrayList<>();
        for (int i = 1; i <= description.getColumnCount(); i++) {
            columns.add(new NamedType(description.getColumnLabel(i), type(description.getColumnType(i))));
        }
        return columns;
    }

    private static ValueType type(int sqlType) {
        return switch (sqlType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> ValueType.WHOLE;
            case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.NUMERIC, Types.DECIMAL -> ValueType.NUMBER;
            case Types.BIT, Types.BOOLEAN -> ValueType.TRUTH;
            case Types.DATE -> ValueType.DAY;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> ValueType.MOMENT;
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB,
                    Types.OTHER -> ValueType.TEXT;
            default -> ValueType.UNREAD;
        };
    }

    @Override
    public List<NamedType> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        try {
            return result.next();
        } catch (SQLException e) {
            throw query.failed("the result broke off: ", e);
        }
    }

    @Override
    public void write(int column, ValueSink sink) {
        try {
            write(columns.get(column).type(), column + 1, sink);
        } catch (SQLException e) {
            throw query.failed("column '" + columns.get(column).name() + "' holds a value that cannot be read: ", e);
        }
    }

    private void write(ValueType type, int column, ValueSink sink) throws SQLException {
        switch (type) {
            case WHOLE -> {
                long value = result.getLong(column);
                unlessNull(sink, () -> sink.whole(value));
            }
            case NUMBER -> {
                double value = result.getDouble(column);
                unlessNull(sink, () -> sink.number(value));
            }
            case TRUTH -> {
                boolean value = result.getBoolean(column);
                unlessNull(sink, () -> sink.truth(value));
            }
            case TEXT -> {
                String value = result.getString(column);
                unlessNull(sink, () -> sink.text(value));
            }
            case DAY -> {
                LocalDate value = result.getObject(column, LocalDate.class);
                unlessNull(sink, () -> sink.day(value.toEpochDay()));
            }
            case MOMENT -> moment(column, sink);
            case NUMBERS, UNREAD -> sink.missing();
        }
    }

    private void unlessNull(ValueSink sink, Runnable write) throws SQLException {
        if (result.wasNull()) {
            sink.missing();
        } else {
            write.run();
        }
    }

    /** A time without zone is taken as it is written, one with zone as UTC. */
    private void moment(int column, ValueSink sink) throws SQLException {
        boolean zoned = result.getMetaData().getColumnType(column) == Types.TIMESTAMP_WITH_TIMEZONE;
        if (zoned) {
            OffsetDateTime value = result.getObject(column, OffsetDateTime.class);
            unlessNull(sink, () -> sink.moment(micros(value.toEpochSecond(), value.getNano())));
        } else {
            Timestamp value = result.getTimestamp(column);
            unlessNull(
                    sink,
                    () -> sink.moment(micros(value.toLocalDateTime().toEpochSecond(ZoneOffset.UTC), value.getNanos())));
        }
    }

    private static long micros(long seconds, int nanos) {
        return Math.addExact(Math.multiplyExact(seconds, 1_000_000), nanos / 1_000);
    }

    @Override
    public void close() {
        try (drivers;
                connection;
                statement;
                result) {
            connection.rollback();
        } catch (SQLException e) {
            throw query.failed("the connection cannot be closed: ", e);
        }
    }
}
