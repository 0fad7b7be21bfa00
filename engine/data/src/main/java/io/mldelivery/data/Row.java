package io.mldelivery.data;

import io.mldelivery.model.DeliveryException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;

/** One row of a query's result. Valid only while the mapper or consumer that received it runs. Columns count from 1. */
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /** Whether the value is missing. */
    public boolean isNull(int column) {
        return read(() -> result.getObject(column)) == null;
    }

    /** The value as text, or null when it is missing; check {@link #isNull} where that can be. */
    public String text(int column) {
        return read(() -> result.getString(column));
    }

    /** The value as a number; NaN when it is missing. */
    public double number(int column) {
        try {
            double value = result.getDouble(column);
            return result.wasNull() ? Double.NaN : value;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** The value as a whole number; 0 when it is missing. */
    public long integer(int column) {
        try {
            return result.getLong(column);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** A list of numbers; empty when it is missing. The list holds no missing value. */
    public double[] numbers(int column) {
        Object[] list = read(() -> {
            Array array = result.getArray(column);
            return array == null ? new Object[0] : (Object[]) array.getArray();
        });
        double[] numbers = new double[list.length];
        for (int i = 0; i < list.length; i++) {
            numbers[i] = ((Number) list[i]).doubleValue();
        }
        return numbers;
    }

    private interface Access<T> {
        T get() throws SQLException;
    }

    private static <T> T read(Access<T> access) {
        try {
            return access.get();
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static DeliveryException unreadable(SQLException e) {
        return Problems.query("reading a result", e);
    }
}
