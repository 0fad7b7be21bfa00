package io.mldelivery.serving.metrics;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes the fields of one protobuf message; the numbers of the fields are those of the message's definition. */
final class ProtobufWriter {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtobufWriter unsigned(int field, long value) {
        varint((long) field << 3 | VARINT);
        varint(value);
        return this;
    }

    /** A zigzag-coded sint32 or sint64. */
    ProtobufWriter signed(int field, long value) {
        return unsigned(field, value << 1 ^ value >> 63);
    }

    ProtobufWriter number(int field, double value) {
        varint((long) field << 3 | FIXED64);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
        return this;
    }

    ProtobufWriter text(int field, String value) {
        bytes(field, value.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    ProtobufWriter message(int field, Consumer<ProtobufWriter> content) {
        ProtobufWriter inner = new ProtobufWriter();
        content.accept(inner);
        bytes(field, inner.out.toByteArray());
        return this;
    }

    private void bytes(int field, byte[] value) {
        varint((long) field << 3 | BYTES);
        varint(value.length);
        out.writeBytes(value);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    /** The message with its length before it, as in a stream of messages. */
    byte[] delimited() {
        ProtobufWriter stream = new ProtobufWriter();
        stream.varint(out.size());
        stream.out.writeBytes(out.toByteArray());
        return stream.toByteArray();
    }
}
