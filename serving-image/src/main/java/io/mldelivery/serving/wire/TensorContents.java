package io.mldelivery.serving.wire;

import ai.djl.ndarray.types.DataType;
import io.mldelivery.serving.protobuf.ProtobufReader;
import io.mldelivery.serving.protobuf.ProtobufWriter;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The message {@code InferTensorContents}: one field for each kind of values. Half floats have none and travel raw, as does
 * whatever else is sent so.
 */
final class TensorContents {

    private static final int BOOL = 1;
    private static final int INT = 2;
    private static final int INT64 = 3;
    private static final int UINT = 4;
    private static final int UINT64 = 5;
    private static final int FP32 = 6;
    private static final int FP64 = 7;
    private static final int BYTES = 8;

    private TensorContents() {}

    /** The field for values of a type; absent where they have to come raw. */
    static Optional<Integer> field(DataType type) {
        return switch (type) {
            case BOOLEAN -> Optional.of(BOOL);
            case INT8, INT16, INT32 -> Optional.of(INT);
            case INT64 -> Optional.of(INT64);
            case UINT8, UINT16, UINT32 -> Optional.of(UINT);
            case UINT64 -> Optional.of(UINT64);
            case FLOAT32 -> Optional.of(FP32);
            case FLOAT64 -> Optional.of(FP64);
            case STRING -> Optional.of(BYTES);
            default -> Optional.empty();
        };
    }

    /** Reads the values of the current field. */
    static void read(ProtobufReader contents, TensorBuilder to) {
        switch (contents.field()) {
            case BOOL -> contents.numbers(value -> to.add(value != 0));
            case FP32 -> contents.floats(bits -> to.add((double) Float.intBitsToFloat((int) bits)));
            case FP64 -> contents.doubles(bits -> to.add(Double.longBitsToDouble(bits)));
            case BYTES -> to.add(contents.text());
            default -> contents.numbers(value -> to.add(value));
        }
    }

    /** Writes the values of a tensor whose type has a field. */
    static void write(ProtobufWriter contents, Tensor tensor) {
        int field = field(tensor.type()).orElseThrow();
        switch (field) {
            case FP32, FP64 ->
                contents.bytes(field, RawData.write(tensor)); // packed: the numbers as they lie in memory
            case BYTES ->
                tensor.strings().forEach(text -> contents.bytes(field, text.getBytes(StandardCharsets.UTF_8)));
            default -> contents.packed(field, integers(tensor));
        }
    }

    private static long[] integers(Tensor tensor) {
        boolean wide = tensor.type() == DataType.INT64 || tensor.type() == DataType.UINT64;
        var data = tensor.data();
        long[] values = new long[Math.toIntExact(tensor.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = wide ? data.getLong(i * 8) : (long) tensor.number(i);
        }
        return values;
    }
}
