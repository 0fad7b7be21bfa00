package io.mldelivery.serving.protobuf;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Reads the fields of one protobuf message in the order in which they come: {@link #next}, then the value by the method
 * that fits, or {@link #skip}. Whatever the bytes are, it reads them or fails with MALFORMED_BODY; lengths are checked
 * before anything is allocated. Views share the bytes.
 */
public final class ProtobufReader {

    private final ByteBuffer bytes;
    private int field;
    private int type;

    public ProtobufReader(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Goes to the next field; false at the end. */
    public boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long key = varint();
        field = (int) (key >>> 3);
        type = (int) key & 7;
        if (field == 0 || key >>> 32 != 0) {
            throw malformed("no field has the number " + (key >>> 3));
        }
        return true;
    }

    /** The number of the current field. */
    public int field() {
        return field;
    }

    /** The value of a varint. */
    public long number() {
        require(WireType.VARINT);
        return varint();
    }

    public boolean flag() {
        return number() != 0;
    }

    public String text() {
        ByteBuffer content = bytes();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
        } catch (CharacterCodingException e) {
            throw malformed("field " + field + " is no UTF-8");
        }
    }

    /** A field of bytes, or a message that {@code new ProtobufReader} takes. */
    public ByteBuffer bytes() {
        require(WireType.BYTES);
        return take(varint());
    }

    public ProtobufReader message() {
        return new ProtobufReader(bytes());
    }

    /** The values of a repeated number that is packed, as writers do it now, or comes one by one. */
    public void numbers(LongConsumer to) {
        if (type == WireType.VARINT) {
            to.accept(varint());
            return;
        }
        ProtobufReader packed = message();
        while (packed.bytes.hasRemaining()) {
            to.accept(packed.varint());
        }
    }

    /** The bits of a repeated float that is packed or comes one by one. */
    public void floats(LongConsumer to) {
        fixed(WireType.FIXED32, Float.BYTES, to);
    }

    /** The bits of a repeated double that is packed or comes one by one. */
    public void doubles(LongConsumer to) {
        fixed(WireType.FIXED64, Double.BYTES, to);
    }

    private void fixed(int single, int width, LongConsumer to) {
        ByteBuffer values = type == single ? take(width) : bytes();
        if (values.remaining() % width != 0) {
            throw malformed("field " + field + " ends in the middle of a number");
        }
        while (values.hasRemaining()) {
            to.accept(width == Float.BYTES ? values.getInt() : values.getLong());
        }
    }

    /** Passes over the current field, whatever it is. */
    public void skip() {
        switch (type) {
            case WireType.VARINT -> varint();
            case WireType.FIXED64 -> take(8);
            case WireType.BYTES -> take(varint());
            case WireType.FIXED32 -> take(4);
            default -> throw malformed("field " + field + " has the wire type " + type);
        }
    }

    private void require(int wanted) {
        if (type != wanted) {
            throw malformed("field " + field + " has the wire type " + type + " instead of " + wanted);
        }
    }

    private ByteBuffer take(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw malformed("field " + field + " is longer than the message");
        }
        ByteBuffer taken = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) length);
        return taken;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64 && bytes.hasRemaining(); shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a number does not end");
    }

    private ServingException malformed(String what) {
        return new ServingException(
                ErrorCode.MALFORMED_BODY,
                "Malformed protobuf at byte " + bytes.position() + " of a message: " + what,
                "Send the messages of the Open Inference Protocol, as its generated clients do.");
    }
}
