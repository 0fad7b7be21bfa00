package io.mldelivery.serving.tensor;

import ai.djl.ndarray.types.DataType;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects elements of one type in row-major order. Numbers that do not fit the type exactly enough are refused: an
 * integer type takes no fractions, no float becomes infinite, NaN needs {@code allowNan}. Not for several threads.
 */
public final class TensorBuilder {

    private final TensorSpec spec;
    private final boolean allowNan;
    private final List<String> strings = new ArrayList<>();
    private ByteBuffer data;
    private long count;

    public TensorBuilder(TensorSpec spec, boolean allowNan) {
        this.spec = spec;
        this.allowNan = allowNan;
        int columns = (int) Math.max(8, Math.min(spec.columns(), 4096));
        int bytes = spec.type() == DataType.STRING ? 0 : columns * spec.type().getNumOfBytes();
        this.data = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    /** Elements so far. */
    public long count() {
        return count;
    }

    public DataType type() {
        return spec.type();
    }

    /** Adds a number; what does not fit the type fails with NOT_FINITE or WRONG_TYPE. */
    public void add(double value) {
        if (!Double.isFinite(value)) {
            addNotFinite(value);
            return;
        }
        room();
        switch (spec.type()) {
            case FLOAT32 -> data.putFloat(finite((float) value, value));
            case FLOAT64 -> data.putDouble(value);
            case FLOAT16 -> data.putShort(half(value));
            default -> addInteger(integer(value));
        }
        count++;
    }

    private void addInteger(long value) {
        switch (spec.type()) {
            case INT64 -> data.putLong(value);
            case UINT64 -> data.putLong(within(value, 0, Long.MAX_VALUE));
            case INT32 -> data.putInt((int) within(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> data.putInt((int) within(value, 0, 0xFFFFFFFFL));
            case INT16 -> data.putShort((short) within(value, Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> data.putShort((short) within(value, 0, 0xFFFF));
            case INT8 -> data.put((byte) within(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> data.put((byte) within(value, 0, 0xFF));
            case BOOLEAN -> data.put((byte) within(value, 0, 1));
            default -> throw wrongType("the number " + value);
        }
    }

    /** Adds an integer without loss where the type is one. */
    public void add(long value) {
        switch (spec.type()) {
            case FLOAT32, FLOAT64, FLOAT16 -> add((double) value);
            default -> {
                room();
                addInteger(value);
                count++;
            }
        }
    }

    /** Adds a string, to a string tensor only. */
    public void add(String value) {
        if (spec.type() != DataType.STRING) {
            throw wrongType("the string \"" + shortened(value) + "\"");
        }
        strings.add(value);
        count++;
    }

    /** Adds true or false, to a boolean tensor or, as 1 and 0, to a number. */
    public void add(boolean value) {
        add(value ? 1L : 0L);
    }

    /** Adds a missing value: NaN where the model allows it. */
    public void addMissing() {
        addNotFinite(Double.NaN);
    }

    private void addNotFinite(double value) {
        if (!allowNan || !Double.isNaN(value) || !spec.type().isFloating()) {
            throw notFinite(Double.isNaN(value) ? "NaN or null" : String.valueOf(value));
        }
        room();
        switch (spec.type()) {
            case FLOAT32 -> data.putFloat(Float.NaN);
            case FLOAT64 -> data.putDouble(Double.NaN);
            default -> data.putShort(HalfFloats.fromFloat(Float.NaN));
        }
        count++;
    }

    /** The tensor; the shape must hold exactly {@link #count} elements. */
    public Tensor build(long... shape) {
        if (spec.type() == DataType.STRING) {
            return Tensor.ofStrings(spec.name(), shape, strings);
        }
        ByteBuffer filled = data.duplicate().order(ByteOrder.nativeOrder()).flip();
        return Tensor.of(spec.name(), spec.type(), shape, filled);
    }

    private void room() {
        if (data.remaining() < 8) {
            ByteBuffer larger =
                    ByteBuffer.allocate(Math.max(64, data.capacity() * 2)).order(ByteOrder.nativeOrder());
            data = larger.put(data.flip());
        }
    }

    private float finite(float narrowed, double value) {
        if (Float.isInfinite(narrowed)) {
            throw notFinite(value + " (too large for " + spec.type() + ")");
        }
        return narrowed;
    }

    private short half(double value) {
        if (Math.abs(value) >= 65520) {
            throw notFinite(value + " (too large for " + spec.type() + ")");
        }
        return HalfFloats.fromFloat((float) value);
    }

    private long integer(double value) {
        if (value != Math.rint(value) || Math.abs(value) >= 0x1p63) {
            throw wrongType("the number " + value);
        }
        return (long) value;
    }

    private long within(long value, long low, long high) {
        if (value < low || value > high) {
            throw wrongType("the number " + value);
        }
        return value;
    }

    private ServingException notFinite(String value) {
        return new ServingException(
                ErrorCode.NOT_FINITE,
                "Element " + count + " of input '" + spec.name() + "' is " + value,
                "Send finite numbers; a model that takes missing values says allow_nan=true in serving.properties.");
    }

    private ServingException wrongType(String got) {
        return new ServingException(
                ErrorCode.WRONG_TYPE,
                "Element " + count + " of input '" + spec.name() + "' expects " + spec.type() + ", got " + got,
                "Send values of the type that the model declares.");
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }
}
