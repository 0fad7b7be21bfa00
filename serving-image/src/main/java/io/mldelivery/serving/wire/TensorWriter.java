package io.mldelivery.serving.wire;

import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mldelivery.serving.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes tensors as nested JSON arrays; what JSON has no number for (NaN, infinity) becomes null. */
final class TensorWriter {

    private final JsonGenerator json;

    TensorWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Tensor tensor) throws IOException {
        if (tensor.rank() == 0) {
            element(tensor, tensor.data(), 0);
        } else {
            axis(tensor, tensor.data(), 0, 0);
        }
    }

    /** All elements in row-major order as one flat array. */
    void writeFlat(Tensor tensor) throws IOException {
        json.writeStartArray();
        ByteBuffer data = tensor.data();
        for (int index = 0; index < tensor.elements(); index++) {
            element(tensor, data, index);
        }
        json.writeEndArray();
    }

    private int axis(Tensor tensor, ByteBuffer data, int axis, int from) throws IOException {
        int index = from;
        json.writeStartArray();
        for (long i = 0; i < tensor.size(axis); i++) {
            if (axis == tensor.rank() - 1) {
                element(tensor, data, index++);
            } else {
                index = axis(tensor, data, axis + 1, index);
            }
        }
        json.writeEndArray();
        return index;
    }

    private void element(Tensor tensor, ByteBuffer data, int index) throws IOException {
        DataType type = tensor.type();
        switch (type) {
            case FLOAT32 -> number(data.getFloat(index * 4));
            case INT64 -> json.writeNumber(data.getLong(index * 8));
            case FLOAT64 -> number(data.getDouble(index * 8));
            case FLOAT16 -> number((float) tensor.number(index));
            case BOOLEAN -> json.writeBoolean(data.get(index) != 0);
            case STRING -> json.writeString(tensor.strings().get(index));
            case UINT64 -> json.writeNumber(Long.toUnsignedString(data.getLong(index * 8)));
            default -> json.writeNumber((long) tensor.number(index));
        }
    }

    private void number(float value) throws IOException {
        if (Float.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }

    private void number(double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }
}
