package io.mldelivery.serving.wire;

import io.mldelivery.serving.protobuf.ProtobufWriter;
import io.mldelivery.serving.tensor.Tensor;
import java.util.List;

/** The message {@code ModelInferResponse} of the Open Inference Protocol over gRPC. */
public final class InferReplyMessage {

    private InferReplyMessage() {}

    /** The outputs that the request wants; raw where its inputs were, or where a type has no other form. */
    public static byte[] of(String model, String version, InferRequest request, List<Tensor> all) {
        List<Tensor> outputs = request.select(all);
        boolean raw = request.binary()
                || outputs.stream()
                        .anyMatch(output -> TensorContents.field(output.type()).isEmpty());
        ProtobufWriter message = new ProtobufWriter().text(1, model).text(2, version);
        request.id().ifPresent(id -> message.text(3, id));
        for (Tensor output : outputs) {
            message.message(5, to -> output(to, output, raw));
        }
        if (raw) {
            outputs.forEach(output -> message.bytes(6, RawData.write(output)));
        }
        return message.toByteArray();
    }

    private static void output(ProtobufWriter to, Tensor output, boolean raw) {
        to.text(1, output.name()).text(2, DataTypes.name(output.type())).packed(3, output.shape());
        if (!raw) {
            to.message(5, contents -> TensorContents.write(contents, output));
        }
    }
}
