package io.mldelivery.serving.wire;

import ai.djl.ndarray.types.DataType;
import java.util.Optional;

/** Names of types in the Open Inference Protocol. */
public final class DataTypes {

    private DataTypes() {}

    /** Such as FP32, INT64, BYTES. */
    public static String name(DataType type) {
        return switch (type) {
            case FLOAT16 -> "FP16";
            case FLOAT32 -> "FP32";
            case FLOAT64 -> "FP64";
            case BOOLEAN -> "BOOL";
            case STRING -> "BYTES";
            default -> type.name();
        };
    }

    /** How numbers of a type lie in memory; absent for strings. */
    static Optional<RawNumbers> raw(DataType type) {
        if (type == DataType.STRING) {
            return Optional.empty();
        }
        char kind = type.isFloating()
                ? 'f'
                : type == DataType.BOOLEAN ? 'b' : type.name().startsWith("U") ? 'u' : 'i';
        return Optional.of(new RawNumbers(kind, type.getNumOfBytes()));
    }
}
