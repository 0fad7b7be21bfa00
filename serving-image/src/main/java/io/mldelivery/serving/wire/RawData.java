package io.mldelivery.serving.wire;

import ai.djl.ndarray.types.DataType;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorBuilder;
import io.mldelivery.serving.tensor.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tensors as plain bytes, as the Open Inference Protocol sends them over HTTP (binary extension) and gRPC (raw contents):
 * little-endian numbers in row-major order, strings each after their length in four bytes.
 */
final class RawData {

    private RawData() {}

    static Tensor read(ByteBuffer bytes, TensorSpec spec, boolean allowNan, long[] shape) {
        ByteBuffer rest = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        TensorBuilder to = new TensorBuilder(spec, allowNan);
        try {
            while (rest.hasRemaining()) {
                element(rest, spec, to);
            }
        } catch (BufferUnderflowException e) {
            throw new ServingException(
                    ErrorCode.MALFORMED_BODY,
                    "The binary data of '" + spec.name() + "' end in the middle of a value",
                    "Send little-endian numbers; strings each after their length in four bytes.");
        }
        return shaped(to.build(to.count()), shape);
    }

    private static void element(ByteBuffer bytes, TensorSpec spec, TensorBuilder to) {
        Optional<RawNumbers> numbers = DataTypes.raw(spec.type());
        if (numbers.isPresent()) {
            numbers.get().move(bytes, to);
            return;
        }
        int length = bytes.getInt();
        if (spec.type() != DataType.STRING || length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        bytes.get(text);
        to.add(new String(text, StandardCharsets.UTF_8));
    }

    /** Gives a line of values the shape that was sent with it. */
    static Tensor shaped(Tensor tensor, long[] shape) {
        if (Arrays.stream(shape).anyMatch(size -> size < 0) || elements(shape) != tensor.elements()) {
            throw new ServingException(
                    ErrorCode.WRONG_SHAPE,
                    "Input '" + tensor.name() + "' has " + tensor.elements() + " values for shape "
                            + Arrays.toString(shape),
                    "Send as many values as the shape holds.");
        }
        return tensor.reshaped(shape);
    }

    private static long elements(long[] shape) {
        try {
            return Tensor.elements(shape);
        } catch (ArithmeticException e) {
            return -1;
        }
    }

    static byte[] write(Tensor tensor) {
        if (tensor.type() == DataType.STRING) {
            return strings(tensor);
        }
        byte[] bytes = new byte[tensor.data().remaining()];
        tensor.data().get(bytes);
        return bytes;
    }

    private static byte[] strings(Tensor tensor) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : tensor.strings()) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(utf8.length)
                    .array());
            bytes.writeBytes(utf8);
        }
        return bytes.toByteArray();
    }
}
