package io.mldelivery.serving.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mldelivery.serving.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Reply bodies with the outputs of a model. */
public final class ReplyJson {

    private ReplyJson() {}

    /**
     * As upstream DJL Serving writes it: one output as {@code {"predictions": [[..]]}}, several as
     * {@code {"predictions": [{"key": "label", "value": [..]}, ..]}}.
     */
    public static void writeKeyed(OutputStream to, List<Tensor> outputs) {
        write(to, (json, tensors) -> {
            if (outputs.size() == 1) {
                tensors.write(outputs.get(0));
                return;
            }
            json.writeStartArray();
            for (Tensor output : outputs) {
                json.writeStartObject();
                json.writeStringField("key", output.name());
                json.writeFieldName("value");
                tensors.write(output);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** As MLflow writes it: one output as an array, several as an object from name to array. */
    public static void writeNamed(OutputStream to, List<Tensor> outputs) {
        write(to, (json, tensors) -> {
            if (outputs.size() == 1) {
                tensors.write(outputs.get(0));
                return;
            }
            json.writeStartObject();
            for (Tensor output : outputs) {
                json.writeFieldName(output.name());
                tensors.write(output);
            }
            json.writeEndObject();
        });
    }

    private static void write(OutputStream to, Predictions predictions) {
        try (JsonGenerator json = Json.FACTORY.createGenerator(to)) {
            json.writeStartObject();
            json.writeFieldName("predictions");
            predictions.write(json, new TensorWriter(json));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Predictions {
        void write(JsonGenerator json, TensorWriter tensors) throws IOException;
    }
}
