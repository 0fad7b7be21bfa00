package io.mldelivery.serving.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes the fields of one protobuf message; the numbers of the fields are those of the message's definition. */
public final class ProtobufWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A number that is not negative, or the bits of one; also bool, int32, int64 and their unsigned sisters. */
    public ProtobufWriter unsigned(int field, long value) {
        key(field, WireType.VARINT);
        varint(value);
        return this;
    }

    /** A zigzag-coded sint32 or sint64. */
    public ProtobufWriter signed(int field, long value) {
        return unsigned(field, value << 1 ^ value >> 63);
    }

    /** A double. */
    public ProtobufWriter number(int field, double value) {
        key(field, WireType.FIXED64);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
        return this;
    }

    public ProtobufWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public ProtobufWriter message(int field, Consumer<ProtobufWriter> content) {
        ProtobufWriter inner = new ProtobufWriter();
        content.accept(inner);
        return bytes(field, inner.out.toByteArray());
    }

    public ProtobufWriter bytes(int field, byte[] value) {
        key(field, WireType.BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /** Numbers as varints without keys between them: a packed repeated field; nothing for none. */
    public ProtobufWriter packed(int field, long... values) {
        if (values.length == 0) {
            return this;
        }
        ProtobufWriter inner = new ProtobufWriter();
        for (long value : values) {
            inner.varint(value);
        }
        return bytes(field, inner.out.toByteArray());
    }

    private void key(int field, int type) {
        varint((long) field << 3 | type);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    /** The message with its length before it, as in a stream of messages. */
    public byte[] delimited() {
        ProtobufWriter stream = new ProtobufWriter();
        stream.varint(out.size());
        stream.out.writeBytes(out.toByteArray());
        return stream.toByteArray();
    }
}
