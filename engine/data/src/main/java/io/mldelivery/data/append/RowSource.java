package io.mldelivery.data.append;

import java.util.List;

/** Rows of named columns, read once from first to last. For use by one thread. */
public interface RowSource extends AutoCloseable {
    /** The columns, whose number and order do not change. */
    List<NamedType> columns();

    /** Goes to the next row, at first to the first; false when there is none. */
    boolean next();

    /** Hands over the value of a column (counted from 0) of the row, with exactly one call. */
    void write(int column, ValueSink sink);

    @Override
    void close();

    /** A column's name and what its values are. */
    record NamedType(String name, ValueType type) {}
}
