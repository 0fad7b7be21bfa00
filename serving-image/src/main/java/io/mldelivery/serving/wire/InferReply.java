package io.mldelivery.serving.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mldelivery.serving.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The reply to an infer request. With binary outputs the JSON part is {@code jsonLength} bytes of the body and the
 * tensors follow; without, the whole body is JSON and {@code jsonLength} is its length.
 */
public record InferReply(byte[] body, int jsonLength) {

    /** Whether binary tensors follow the JSON part. */
    public boolean binary() {
        return jsonLength < body.length;
    }

    /** Writes the outputs that the request wants. */
    public static InferReply of(String model, String version, InferRequest request, List<Tensor> all) {
        List<byte[]> binaries = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.FACTORY.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("model_name", model);
            json.writeStringField("model_version", version);
            if (request.id().isPresent()) {
                json.writeStringField("id", request.id().get());
            }
            json.writeArrayFieldStart("outputs");
            for (Tensor output : request.select(all)) {
                write(json, output, request.binary(output.name()), binaries);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int jsonLength = body.size();
        binaries.forEach(body::writeBytes);
        return new InferReply(body.toByteArray(), jsonLength);
    }

    private static void write(JsonGenerator json, Tensor output, boolean binary, List<byte[]> binaries)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", output.name());
        json.writeStringField("datatype", DataTypes.name(output.type()));
        json.writeFieldName("shape");
        json.writeArray(output.shape(), 0, output.rank());
        if (binary) {
            byte[] bytes = RawData.write(output);
            binaries.add(bytes);
            json.writeObjectFieldStart("parameters");
            json.writeNumberField("binary_data_size", bytes.length);
            json.writeEndObject();
        } else {
            json.writeFieldName("data");
            new TensorWriter(json).writeFlat(output);
        }
        json.writeEndObject();
    }
}
