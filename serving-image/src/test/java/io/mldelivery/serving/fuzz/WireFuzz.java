package io.mldelivery.serving.fuzz;

import ai.djl.ndarray.types.DataType;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorSpec;
import io.mldelivery.serving.wire.InferMessage;
import io.mldelivery.serving.wire.InferReader;
import io.mldelivery.serving.wire.InferReplyMessage;
import io.mldelivery.serving.wire.InferRequest;
import io.mldelivery.serving.wire.ReplyFormat;
import io.mldelivery.serving.wire.RequestFormat;
import io.mldelivery.serving.wire.Wanted;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Feeds any bytes to the readers of request bodies: the first byte chooses the format and the model, the rest is the body.
 * Whatever comes, it is read or refused with a ServingException, and what was read can be written.
 *
 * <p>Jazzer finds {@link #fuzzerTestOneInput}; see src/test/fuzz.sh. What it found worth keeping lies in
 * src/test/resources/fuzz and is replayed by every build.
 */
public final class WireFuzz {

    private static final List<Signature> SIGNATURES = List.of(
            new Signature(List.of(TensorSpec.of("X", DataType.FLOAT32, -1, 3)), List.of()),
            new Signature(
                    List.of(
                            TensorSpec.of("a", DataType.INT64, -1, 1),
                            TensorSpec.of("b", DataType.STRING, -1, 1),
                            TensorSpec.of("c", DataType.BOOLEAN, -1, 1)),
                    List.of()),
            new Signature(List.of(TensorSpec.ofUnknownShape("u", DataType.UINT8)), List.of()),
            new Signature(List.of(TensorSpec.of("h", DataType.FLOAT16, -1, -1)), List.of()));

    private WireFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        int choice = data[0] & 0xFF;
        byte[] body = Arrays.copyOfRange(data, 1, data.length);
        Signature signature = SIGNATURES.get(choice / 8 % SIGNATURES.size());
        List<String> columns = choice >= 128 && signature.inputs().size() == 1 ? List.of("x", "y", "z") : List.of();
        try {
            List<Tensor> tensors = read(choice % 8, body, new Wanted(signature, columns, choice >= 192, 1 << 20));
            for (ReplyFormat format : ReplyFormat.values()) {
                format.write(OutputStream.nullOutputStream(), tensors);
            }
        } catch (ServingException e) {
            if (e.getMessage() == null || e.advice() == null) {
                throw new AssertionError("A refusal without words", e);
            }
        }
    }

    private static List<Tensor> read(int format, byte[] body, Wanted wanted) {
        RequestFormat[] formats = RequestFormat.values();
        if (format == 7) {
            return readMessage(body, wanted);
        }
        if (format < formats.length) {
            return formats[format].read(new ByteArrayInputStream(body), wanted);
        }
        int json = body.length == 0 ? 0 : Math.min(body.length, format == 4 ? body.length : body[0] & 0xFF);
        return InferReader.read(body, json, wanted).inputs();
    }

    private static List<Tensor> readMessage(byte[] body, Wanted wanted) {
        InferMessage message = InferMessage.parse(ByteBuffer.wrap(body));
        InferRequest request = message.request(wanted);
        InferReplyMessage.of(message.model(), message.version().orElse("1"), request, request.inputs());
        return request.inputs();
    }
}
