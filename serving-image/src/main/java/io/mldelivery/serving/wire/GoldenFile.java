package io.mldelivery.serving.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code golden.json} of a model folder: {@code {"inputs": .., "outputs": .., "tolerance": 1e-4}}. Inputs are what a
 * request would send; outputs an object from output name to array, or one bare array for the model's last output.
 */
public final class GoldenFile {

    private static final double DEFAULT_TOLERANCE = 1e-4;
    private static final String ADVICE =
            "Write {\"inputs\": [[..]], \"outputs\": {\"name\": [..]}, \"tolerance\": 1e-4}.";

    private final Path file;
    private final List<Expected> expected = new ArrayList<>();
    private byte[] inputs = new byte[0];
    private double tolerance = DEFAULT_TOLERANCE;

    private GoldenFile(Path file) {
        this.file = file;
    }

    /** What one output should be; without a name it is the model's last output. Values are numbers or strings. */
    public record Expected(Optional<String> name, long[] shape, List<Object> values) {}

    /** Reads the file of a model folder; absent where there is none. */
    public static Optional<GoldenFile> read(Path folder) {
        Path file = folder.resolve("golden.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (JsonParser parser = Json.FACTORY.createParser(Files.readAllBytes(file))) {
            return Optional.of(new GoldenFile(file).read(parser));
        } catch (JsonProcessingException e) {
            throw new ServingException(
                    ErrorCode.BAD_OPTION, file + ": " + Json.malformed(e).getMessage(), ADVICE, e);
        } catch (IOException e) {
            throw new ServingException(
                    ErrorCode.BAD_OPTION, "Cannot read " + file + ": " + e.getMessage(), "Make it readable.", e);
        }
    }

    private GoldenFile read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw bad("it is no JSON object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "inputs" -> inputs = copy(parser);
                case "outputs" -> readOutputs(parser);
                case "tolerance" -> tolerance = readTolerance(parser);
                default -> throw bad("it has the unknown key '" + key + "'");
            }
        }
        if (inputs.length == 0 || expected.isEmpty()) {
            throw bad("it has no " + (inputs.length == 0 ? "inputs" : "outputs"));
        }
        return this;
    }

    private static byte[] copy(JsonParser parser) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var json = Json.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeFieldName("inputs");
            json.copyCurrentStructure(parser);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private void readOutputs(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            expected.add(readOutput(parser, Optional.empty()));
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            expected.add(readOutput(parser, Optional.of(name)));
        }
    }

    private Expected readOutput(JsonParser parser, Optional<String> name) throws IOException {
        List<Object> values = new ArrayList<>();
        List<Long> shape = new ArrayList<>();
        readAxis(parser, 0, shape, values);
        return new Expected(name, shape.stream().mapToLong(Long::longValue).toArray(), values);
    }

    private void readAxis(JsonParser parser, int depth, List<Long> shape, List<Object> values) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            values.add(value(parser));
            return;
        }
        if (depth == shape.size()) {
            shape.add(-1L);
        }
        long count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            readAxis(parser, depth + 1, shape, values);
            count++;
        }
        if (shape.get(depth) >= 0 && shape.get(depth) != count) {
            throw bad("its outputs have rows of different lengths");
        }
        shape.set(depth, count);
    }

    private Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> 1.0;
            case VALUE_FALSE -> 0.0;
            case VALUE_STRING -> parser.getText();
            default -> throw bad("an output holds " + parser.currentToken());
        };
    }

    private double readTolerance(JsonParser parser) throws IOException {
        double value = parser.currentToken().isNumeric() ? parser.getDoubleValue() : -1;
        if (!(value >= 0)) {
            throw bad("its tolerance is no number of at least 0");
        }
        return value;
    }

    private ServingException bad(String what) {
        return new ServingException(ErrorCode.BAD_OPTION, file + " cannot be used: " + what, ADVICE);
    }

    public Path file() {
        return file;
    }

    /** The input rows for a model of this signature; fails as a request would. NaN counts as missing value. */
    public List<Tensor> inputs(Signature signature, List<String> columns) {
        return new PredictionJson(signature, columns, true).read(new ByteArrayInputStream(inputs));
    }

    public List<Expected> expected() {
        return List.copyOf(expected);
    }

    /** Largest absolute difference of a number that still passes; 0 or more. */
    public double tolerance() {
        return tolerance;
    }
}
