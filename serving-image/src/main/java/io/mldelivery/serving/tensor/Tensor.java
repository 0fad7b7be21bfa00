package io.mldelivery.serving.tensor;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A named, dense, row-major array. Numbers lie in native byte order from position 0 to the limit of the buffer, which is
 * never written after construction; strings lie in a list and the buffer is empty.
 */
public final class Tensor {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).order(ByteOrder.nativeOrder());

    private final String name;
    private final DataType type;
    private final long[] shape;
    private final ByteBuffer data;
    private final List<String> strings;

    private Tensor(String name, DataType type, long[] shape, ByteBuffer data, List<String> strings) {
        this.name = name;
        this.type = type;
        this.shape = shape;
        this.data = data;
        this.strings = strings;
    }

    /** A tensor of numbers or booleans; the buffer is in native byte order. */
    public static Tensor of(String name, DataType type, long[] shape, ByteBuffer data) {
        if (data.order() != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException("The data of a tensor must be in native byte order");
        }
        if (data.remaining() != elements(shape) * type.getNumOfBytes()) {
            throw new IllegalArgumentException(
                    data.remaining() + " bytes do not fill " + type + " " + Arrays.toString(shape));
        }
        return new Tensor(name, type, shape.clone(), data, List.of());
    }

    /** A tensor of strings in row-major order. */
    public static Tensor ofStrings(String name, long[] shape, List<String> strings) {
        return new Tensor(name, DataType.STRING, shape.clone(), NOTHING, List.copyOf(strings));
    }

    /** Number of elements of a shape; a scalar has one. */
    public static long elements(long[] shape) {
        long count = 1;
        for (long size : shape) {
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    public String name() {
        return name;
    }

    public DataType type() {
        return type;
    }

    public long[] shape() {
        return shape.clone();
    }

    public int rank() {
        return shape.length;
    }

    /** Size of the first dimension; a scalar counts as one row. */
    public long rows() {
        return shape.length == 0 ? 1 : shape[0];
    }

    /** Size of dimension {@code axis}. */
    public long size(int axis) {
        return shape[axis];
    }

    public long elements() {
        return elements(shape);
    }

    /** A view of the numbers with its own position. */
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.nativeOrder());
    }

    public List<String> strings() {
        return strings;
    }

    public Tensor named(String other) {
        return new Tensor(other, type, shape, data, strings);
    }

    /** The same data under another shape of as many elements. */
    public Tensor reshaped(long... other) {
        if (elements(other) != elements()) {
            throw new IllegalArgumentException(Arrays.toString(other) + " does not hold " + elements() + " elements");
        }
        return new Tensor(name, type, other.clone(), data, strings);
    }

    /** Rows {@code from} (inclusive) to {@code to} (exclusive), sharing the data. */
    public Tensor rows(long from, long to) {
        long[] part = shape.clone();
        part[0] = to - from;
        int width = Math.toIntExact(shape[0] == 0 ? 0 : elements() / shape[0]);
        if (type == DataType.STRING) {
            return new Tensor(name, type, part, data, strings.subList((int) from * width, (int) to * width));
        }
        int bytes = width * type.getNumOfBytes();
        ByteBuffer view =
                data.slice((int) from * bytes, (int) (to - from) * bytes).order(ByteOrder.nativeOrder());
        return new Tensor(name, type, part, view, strings);
    }

    /** Whether rows of both can be put one below the other. */
    public boolean stacksWith(Tensor other) {
        return type == other.type
                && shape.length == other.shape.length
                && shape.length > 0
                && Arrays.equals(shape, 1, shape.length, other.shape, 1, shape.length);
    }

    /** The element at {@code index} in row-major order as a double; strings are not numbers. */
    public double number(int index) {
        return switch (type) {
            case FLOAT32 -> data.getFloat(index * 4);
            case FLOAT64 -> data.getDouble(index * 8);
            case FLOAT16 -> HalfFloats.toFloat(data.getShort(index * 2));
            case INT64 -> data.getLong(index * 8);
            case UINT64 -> unsigned(data.getLong(index * 8));
            case INT32 -> data.getInt(index * 4);
            case UINT32 -> data.getInt(index * 4) & 0xFFFFFFFFL;
            case INT16 -> data.getShort(index * 2);
            case UINT16 -> data.getShort(index * 2) & 0xFFFF;
            case INT8 -> data.get(index);
            case UINT8 -> data.get(index) & 0xFF;
            case BOOLEAN -> data.get(index) != 0 ? 1 : 0;
            default -> throw new IllegalStateException(type + " is not a number");
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1) * 2.0 + (bits & 1);
    }

    @Override
    public String toString() {
        return name + " " + type + " " + Arrays.toString(shape);
    }
}
