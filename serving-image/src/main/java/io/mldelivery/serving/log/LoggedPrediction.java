package io.mldelivery.serving.log;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mldelivery.serving.model.ModelKey;
import io.mldelivery.serving.tensor.Tensor;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One answered request. Written as one flat JSON object for each row: time, request_id, row, model, version, the columns
 * of the inputs under their names, prediction (the class, where the model has one) and score (last column of a float
 * output). These are the columns that a drift check compares.
 */
public record LoggedPrediction(
        Instant time,
        String requestId,
        ModelKey model,
        List<String> columns,
        List<Tensor> inputs,
        List<Tensor> outputs) {

    long rows() {
        return inputs.get(0).rows();
    }

    void write(JsonGenerator json, int row, Set<String> redacted) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", time.toString());
        json.writeStringField("request_id", requestId);
        json.writeNumberField("row", row);
        json.writeStringField("model", model.name());
        json.writeStringField("version", model.version());
        for (Tensor input : inputs) {
            writeInput(json, input, row, redacted);
        }
        Optional<Cell> prediction = prediction(row);
        if (prediction.isPresent()) {
            json.writeFieldName("prediction");
            prediction.get().write(json);
        }
        Optional<Cell> score = score(row);
        if (score.isPresent()) {
            json.writeFieldName("score");
            score.get().write(json);
        }
        json.writeEndObject();
    }

    private void writeInput(JsonGenerator json, Tensor input, int row, Set<String> redacted) throws IOException {
        int width = width(input);
        for (int column = 0; column < width; column++) {
            String name = name(input, column, width);
            if (!redacted.contains(name)) {
                json.writeFieldName(name);
                new Cell(input, row * width + column).write(json);
            }
        }
    }

    /** The declared name; else the input's, with the column's number where it has several. */
    private String name(Tensor input, int column, int width) {
        if (inputs.size() == 1 && columns.size() == width) {
            return columns.get(column);
        }
        return width == 1 ? input.name() : input.name() + "_" + column;
    }

    private static int width(Tensor tensor) {
        return Math.toIntExact(tensor.elements() / Math.max(1, tensor.rows()));
    }

    /** The class of a row: an output of integers or strings with one value a row. */
    Optional<Cell> prediction(int row) {
        return outputs.stream()
                .filter(output -> !output.type().isFloating() && output.rows() == rows() && width(output) == 1)
                .findFirst()
                .map(output -> new Cell(output, row));
    }

    private Optional<Cell> score(int row) {
        return outputs.stream()
                .filter(output -> output.type().isFloating() && output.rows() == rows() && width(output) > 0)
                .reduce((first, second) -> second)
                .map(output -> new Cell(output, (row + 1) * width(output) - 1));
    }

    /** One element of a tensor. */
    record Cell(Tensor tensor, int index) {

        void write(JsonGenerator json) throws IOException {
            if (!tensor.strings().isEmpty()) {
                json.writeString(tensor.strings().get(index));
                return;
            }
            double value = tensor.number(index);
            if (!Double.isFinite(value)) {
                json.writeNull();
            } else if (tensor.type().isFloating()) {
                json.writeNumber(
                        tensor.type().getNumOfBytes() == 8 ? Double.toString(value) : Float.toString((float) value));
            } else {
                json.writeNumber((long) value);
            }
        }

        /** As a label would be sent. */
        String text() {
            return tensor.strings().isEmpty()
                    ? Long.toString((long) tensor.number(index))
                    : tensor.strings().get(index);
        }
    }
}
