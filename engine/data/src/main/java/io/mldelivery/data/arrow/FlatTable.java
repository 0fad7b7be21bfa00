package io.mldelivery.data.arrow;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table in a FlatBuffer, whose fields are known by number; absent fields have their default. */
final class FlatTable {
    private final ByteBuffer bytes;
    private final int start;

    private FlatTable(ByteBuffer bytes, int start) {
        this.bytes = bytes;
        this.start = start;
    }

    /** The root table; the buffer is little-endian and begins with the FlatBuffer. */
    static FlatTable root(ByteBuffer bytes) {
        return new FlatTable(bytes, bytes.getInt(0));
    }

    /** Where a field's value lies; 0 when it is absent. */
    private int at(int field) {
        int names = start - bytes.getInt(start);
        int entry = 4 + 2 * field;
        int offset = entry < bytes.getShort(names) ? bytes.getShort(names + entry) & 0xFFFF : 0;
        return offset == 0 ? 0 : start + offset;
    }

    /** How many elements a vector has; what does not fit the buffer is refused before memory is taken for it. */
    private int count(int vector, int size) {
        int count = bytes.getInt(vector);
        if (count < 0 || (long) count * size > bytes.limit()) {
            throw new IndexOutOfBoundsException("a list of " + count);
        }
        return count;
    }

    int byteAt(int field, int absent) {
        int at = at(field);
        return at == 0 ? absent : bytes.get(at) & 0xFF;
    }

    int shortAt(int field, int absent) {
        int at = at(field);
        return at == 0 ? absent : bytes.getShort(at);
    }

    int intAt(int field, int absent) {
        int at = at(field);
        return at == 0 ? absent : bytes.getInt(at);
    }

    long longAt(int field, long absent) {
        int at = at(field);
        return at == 0 ? absent : bytes.getLong(at);
    }

    Optional<FlatTable> tableAt(int field) {
        int at = at(field);
        return at == 0 ? Optional.empty() : Optional.of(new FlatTable(bytes, at + bytes.getInt(at)));
    }

    String textAt(int field) {
        int at = at(field);
        if (at == 0) {
            return "";
        }
        int from = at + bytes.getInt(at);
        byte[] text = new byte[count(from, 1)];
        for (int i = 0; i < text.length; i++) {
            text[i] = bytes.get(from + 4 + i);
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    List<FlatTable> tablesAt(int field) {
        List<FlatTable> tables = new ArrayList<>();
        int at = at(field);
        if (at != 0) {
            int from = at + bytes.getInt(at);
            for (int i = 0; i < count(from, 4); i++) {
                int element = from + 4 + 4 * i;
                tables.add(new FlatTable(bytes, element + bytes.getInt(element)));
            }
        }
        return tables;
    }

    /** A vector of structs of so many longs each, or of longs. */
    long[] longsAt(int field, int each) {
        int at = at(field);
        if (at == 0) {
            return new long[0];
        }
        int from = at + bytes.getInt(at);
        long[] values = new long[count(from, 8 * each) * each];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes.getLong(from + 4 + 8 * i);
        }
        return values;
    }
}
