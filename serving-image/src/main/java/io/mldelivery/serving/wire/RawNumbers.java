package io.mldelivery.serving.wire;

import io.mldelivery.serving.tensor.HalfFloats;
import io.mldelivery.serving.tensor.TensorBuilder;
import java.nio.ByteBuffer;

/** Numbers as they lie in memory: kind as NumPy names it (f, i, u, b) and bytes for each. */
record RawNumbers(char kind, int width) {

    /** Moves the next number from the bytes, in their byte order, to the builder. */
    void move(ByteBuffer bytes, TensorBuilder to) {
        switch (kind) {
            case 'f' -> to.add(floating(bytes));
            case 'b' -> to.add(bytes.get() != 0);
            case 'u' -> to.add(unsigned(bytes));
            default -> to.add(signed(bytes));
        }
    }

    private double floating(ByteBuffer bytes) {
        return switch (width) {
            case 8 -> bytes.getDouble();
            case 4 -> bytes.getFloat();
            case 2 -> HalfFloats.toFloat(bytes.getShort());
            default -> throw new IllegalStateException("Floats have no " + width + " byte");
        };
    }

    private long signed(ByteBuffer bytes) {
        return switch (width) {
            case 8 -> bytes.getLong();
            case 4 -> bytes.getInt();
            case 2 -> bytes.getShort();
            default -> bytes.get();
        };
    }

    private long unsigned(ByteBuffer bytes) {
        long value = signed(bytes);
        return width == 8 ? value : value & (1L << width * 8) - 1;
    }
}
