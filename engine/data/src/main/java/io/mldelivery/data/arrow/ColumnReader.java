package io.mldelivery.data.arrow;

import io.mldelivery.data.append.ValueSink;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/** Takes the buffers of a field, in the format's order, out of a batch. */
final class ColumnReader {
    private static final long DAY_MILLIS = 86_400_000;

    private final Batch batch;
    private static final int MOST_ELEMENTS = 1 << 20;

    private final Map<Long, NavigableMap<Integer, Values>> dictionaries;

    /** {@code dictionaries} holds the parts of each dictionary read so far by the positions at which they begin. */
    ColumnReader(Batch batch, Map<Long, NavigableMap<Integer, Values>> dictionaries) {
        this.batch = batch;
        this.dictionaries = dictionaries;
    }

    /** The field's values; those of types that are not read are missing. */
    Values read(ArrowField field) {
        int length = batch.length();
        if (field.dictionary().isPresent()) {
            return positions(field);
        }
        return switch (field.kind()) {
            case NULL -> (row, sink) -> sink.missing();
            case INT -> whole(field);
            case FLOAT -> floating(field.unit());
            case BOOL -> truth();
            case UTF8 -> text(4);
            case LARGE_UTF8 -> text(8);
            case UTF8_VIEW -> views();
            case DECIMAL -> decimal(field);
            case DATE -> date(field.unit());
            case TIMESTAMP -> moment(field.unit());
            case LIST -> list(field, 4);
            case LARGE_LIST -> list(field, 8);
            case FIXED_LIST -> fixedList(field);
            default -> skipped(field);
        };
    }

    private static boolean present(ByteBuffer validity, int row) {
        return validity.limit() == 0 || (validity.get(row >> 3) >> (row & 7) & 1) == 1;
    }

    private static Values unlessMissing(ByteBuffer validity, Values values) {
        return (row, sink) -> {
            if (present(validity, row)) {
                values.write(row, sink);
            } else {
                sink.missing();
            }
        };
    }

    private Values positions(ArrowField field) {
        ByteBuffer validity = batch.next();
        IntToLongFunction positions = wholes(batch.next(), field.positionBits(), false);
        NavigableMap<Integer, Values> parts =
                dictionaries.get(field.dictionary().getAsLong());
        if (parts == null) {
            throw new IllegalArgumentException("the dictionary of column '" + field.name() + "' is missing");
        }
        return unlessMissing(validity, (row, sink) -> {
            int position = (int) positions.applyAsLong(row);
            var part = parts.floorEntry(Math.max(0, position));
            part.getValue().write(position - part.getKey(), sink);
        });
    }

    private Values whole(ArrowField field) {
        ByteBuffer validity = batch.next();
        ByteBuffer data = batch.next();
        IntToLongFunction values = wholes(data, field.width(), field.signed());
        boolean beyond = field.width() == 64 && !field.signed();
        return unlessMissing(validity, (row, sink) -> {
            long value = values.applyAsLong(row);
            if (beyond) {
                sink.number(value >= 0 ? value : value + 0x1p64);
            } else {
                sink.whole(value);
            }
        });
    }

    private static IntToLongFunction wholes(ByteBuffer data, int bits, boolean signed) {
        return switch (bits) {
            case 8 -> row -> signed ? data.get(row) : data.get(row) & 0xFF;
            case 16 -> row -> signed ? data.getShort(2 * row) : data.getShort(2 * row) & 0xFFFF;
            case 32 -> row -> signed ? data.getInt(4 * row) : data.getInt(4 * row) & 0xFFFFFFFFL;
            case 64 -> row -> data.getLong(8 * row);
            default -> throw new IllegalArgumentException("whole numbers of " + bits + " bits are not known");
        };
    }

    private Values floating(int precision) {
        ByteBuffer validity = batch.next();
        IntToDoubleFunction values = floats(batch.next(), precision);
        return unlessMissing(validity, (row, sink) -> sink.number(values.applyAsDouble(row)));
    }

    private static IntToDoubleFunction floats(ByteBuffer data, int precision) {
        return switch (precision) {
            case 0 -> row -> half(data.getShort(2 * row));
            case 1 -> row -> data.getFloat(4 * row);
            default -> row -> data.getDouble(8 * row);
        };
    }

    /** IEEE 754 binary16. */
    static double half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double size = exponent == 0
                ? fraction * 0x1p-24
                : exponent == 31
                        ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                        : Math.scalb(1024 + fraction, exponent - 25);
        return bits < 0 ? -size : size;
    }

    private Values truth() {
        ByteBuffer validity = batch.next();
        ByteBuffer data = batch.next();
        return unlessMissing(validity, (row, sink) -> sink.truth((data.get(row >> 3) >> (row & 7) & 1) == 1));
    }

    private static IntToLongFunction offsets(ByteBuffer offsets, int bytes) {
        return bytes == 4 ? row -> offsets.getInt(4 * row) : row -> offsets.getLong(8 * row);
    }

    private Values text(int offsetBytes) {
        ByteBuffer validity = batch.next();
        IntToLongFunction offsets = offsets(batch.next(), offsetBytes);
        ByteBuffer data = batch.next();
        return unlessMissing(validity, (row, sink) -> {
            int from = Math.toIntExact(offsets.applyAsLong(row));
            sink.text(text(data, from, Math.toIntExact(offsets.applyAsLong(row + 1)) - from));
        });
    }

    private static String text(ByteBuffer data, int from, int length) {
        byte[] bytes = new byte[length];
        data.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Sixteen bytes each: a length, and the text itself up to twelve bytes, else start, buffer and place. */
    private Values views() {
        ByteBuffer validity = batch.next();
        ByteBuffer views = batch.next();
        ByteBuffer[] data = new ByteBuffer[batch.views()];
        for (int i = 0; i < data.length; i++) {
            data[i] = batch.next();
        }
        return unlessMissing(validity, (row, sink) -> {
            int length = views.getInt(16 * row);
            sink.text(
                    length <= 12
                            ? text(views, 16 * row + 4, length)
                            : text(data[views.getInt(16 * row + 8)], views.getInt(16 * row + 12), length));
        });
    }

    private Values decimal(ArrowField field) {
        ByteBuffer validity = batch.next();
        ByteBuffer data = batch.next();
        int width = field.width() / 8;
        return unlessMissing(validity, (row, sink) -> {
            byte[] bigEndian = new byte[width];
            for (int i = 0; i < width; i++) {
                bigEndian[width - 1 - i] = data.get(row * width + i);
            }
            sink.number(new BigDecimal(new BigInteger(bigEndian), field.unit()).doubleValue());
        });
    }

    private Values date(int unit) {
        ByteBuffer validity = batch.next();
        ByteBuffer data = batch.next();
        return unlessMissing(
                validity,
                (row, sink) ->
                        sink.day(unit == 0 ? data.getInt(4 * row) : Math.floorDiv(data.getLong(8 * row), DAY_MILLIS)));
    }

    private Values moment(int unit) {
        ByteBuffer validity = batch.next();
        ByteBuffer data = batch.next();
        return unlessMissing(validity, (row, sink) -> sink.moment(micros(data.getLong(8 * row), unit)));
    }

    private static long micros(long value, int unit) {
        return switch (unit) {
            case 0 -> Math.multiplyExact(value, 1_000_000);
            case 1 -> Math.multiplyExact(value, 1_000);
            case 2 -> value;
            default -> Math.floorDiv(value, 1_000);
        };
    }

    private Values list(ArrowField field, int offsetBytes) {
        ByteBuffer validity = batch.next();
        IntToLongFunction offsets = offsets(batch.next(), offsetBytes);
        Values elements = read(field.children().get(0));
        return unlessMissing(validity, (row, sink) -> {
            int from = Math.toIntExact(offsets.applyAsLong(row));
            numbers(field, elements, from, Math.toIntExact(offsets.applyAsLong(row + 1)) - from, sink);
        });
    }

    private Values fixedList(ArrowField field) {
        ByteBuffer validity = batch.next();
        Values elements = read(field.children().get(0));
        return unlessMissing(
                validity, (row, sink) -> numbers(field, elements, row * field.width(), field.width(), sink));
    }

    /** A list with a missing number is missing: it cannot be compared. */
    private static void numbers(ArrowField field, Values elements, int from, int count, ValueSink sink) {
        if (count > MOST_ELEMENTS) {
            throw new IllegalArgumentException("a list of " + count + " numbers in column '" + field.name() + "'");
        }
        var collected = new Numbers(count);
        for (int i = 0; i < count; i++) {
            elements.write(from + i, collected);
        }
        switch (field.valueType()) {
            case NUMBERS -> collected.into(sink);
            default -> sink.missing();
        }
    }

    private Values skipped(ArrowField field) {
        batch.skip(
                switch (field.kind()) {
                    case STRUCT -> 1;
                    case MAP, FIXED_BINARY, DURATION, INTERVAL, TIME -> 2;
                    case BINARY, LARGE_BINARY, LIST_VIEW, LARGE_LIST_VIEW -> 3;
                    case UNION -> field.unit() == 0 ? 1 : 2;
                    case BINARY_VIEW -> 2 + batch.views();
                    default -> 0;
                });
        field.children().forEach(this::read);
        return (row, sink) -> sink.missing();
    }
}
