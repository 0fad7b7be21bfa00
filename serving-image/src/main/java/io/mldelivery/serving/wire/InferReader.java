package io.mldelivery.serving.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads infer requests: JSON, or JSON followed by binary tensors (the protocol's binary data extension). */
public final class InferReader {

    private static final String ADVICE =
            "Send {\"inputs\": [{\"name\": .., \"shape\": [..], \"datatype\": .., \"data\": [..]}]}.";

    private final Wanted wanted;
    private final byte[] body;
    private final int jsonLength;
    private final ByteBuffer binary;
    private final List<Tensor> inputs = new ArrayList<>();
    private final Map<String, Boolean> outputs = new LinkedHashMap<>();
    private Optional<String> id = Optional.empty();
    private boolean binaryOutputs;

    private InferReader(Wanted wanted, byte[] body, int jsonLength) {
        if (jsonLength < 0 || jsonLength > body.length) {
            throw new ServingException(
                    ErrorCode.MALFORMED_BODY,
                    "Inference-Header-Content-Length is " + jsonLength + ", the body has " + body.length + " bytes",
                    "Give the length of the JSON part.");
        }
        this.wanted = wanted;
        this.body = body;
        this.jsonLength = jsonLength;
        this.binary =
                ByteBuffer.wrap(body, jsonLength, body.length - jsonLength).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads a body whose first {@code jsonLength} bytes are the JSON part. */
    public static InferRequest read(byte[] body, int jsonLength, Wanted wanted) {
        return new InferReader(wanted, body, jsonLength).read();
    }

    private InferRequest read() {
        try (JsonParser parser = Json.FACTORY.createParser(body, 0, jsonLength)) {
            parser.nextToken();
            require(parser, JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                member(parser);
            }
            if (binary.hasRemaining()) {
                throw Json.unexpected(parser, binary.remaining() + " bytes more than the binary inputs have", ADVICE);
            }
        } catch (JsonProcessingException e) {
            throw Json.malformed(e);
        } catch (IOException e) {
            throw Json.unreadable(e);
        }
        return new InferRequest(id, wanted.signature().arrange(inputs), outputs, binaryOutputs);
    }

    private void member(JsonParser parser) throws IOException {
        String key = parser.currentName();
        parser.nextToken();
        switch (key) {
            case "id" -> id = Optional.of(text(parser));
            case "inputs" -> each(parser, this::input);
            case "outputs" -> each(parser, this::output);
            case "parameters" -> binaryOutputs = flag(parser, "binary_data_output");
            default -> throw Json.unexpected(parser, "Unexpected key '" + key + "'", ADVICE);
        }
    }

    @FunctionalInterface
    private interface Element {
        void read(JsonParser parser) throws IOException;
    }

    private static void each(JsonParser parser, Element element) throws IOException {
        require(parser, JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(parser, JsonToken.START_OBJECT);
            element.read(parser);
        }
    }

    private static void require(JsonParser parser, JsonToken token) {
        if (parser.currentToken() != token) {
            throw Json.unexpected(parser, "Expected " + token + ", got " + parser.currentToken(), ADVICE);
        }
    }

    private static String text(JsonParser parser) throws IOException {
        require(parser, JsonToken.VALUE_STRING);
        return parser.getText();
    }

    /** Reads an object of parameters, of which one boolean counts here. */
    private static boolean flag(JsonParser parser, String name) throws IOException {
        require(parser, JsonToken.START_OBJECT);
        boolean value = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            boolean ours = parser.currentName().equals(name);
            parser.nextToken();
            value |= ours && parser.currentToken() == JsonToken.VALUE_TRUE;
            parser.skipChildren();
        }
        return value;
    }

    private void output(JsonParser parser) throws IOException {
        String name = "";
        boolean asBinary = binaryOutputs;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "name" -> name = text(parser);
                case "parameters" -> asBinary = flag(parser, "binary_data");
                default -> throw Json.unexpected(parser, "Unexpected key '" + key + "' of an output", ADVICE);
            }
        }
        outputs.put(name, asBinary);
    }

    /** The members of one input, in whatever order they come. */
    private static final class Members {
        private String name = "";
        private String datatype = "";
        private long[] shape = {-1};
        private long binarySize = -1;
        private byte[] data = new byte[0];
    }

    private void input(JsonParser parser) throws IOException {
        Members members = new Members();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "name" -> members.name = text(parser);
                case "datatype" -> members.datatype = text(parser);
                case "shape" -> members.shape = shape(parser);
                case "data" -> members.data = copy(parser);
                case "parameters" -> members.binarySize = binarySize(parser);
                default -> throw Json.unexpected(parser, "Unexpected key '" + key + "' of an input", ADVICE);
            }
        }
        inputs.add(tensor(parser, members));
    }

    private static long[] shape(JsonParser parser) throws IOException {
        require(parser, JsonToken.START_ARRAY);
        List<Long> sizes = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(parser, JsonToken.VALUE_NUMBER_INT);
            sizes.add(parser.getLongValue());
        }
        if (sizes.size() > 8 || sizes.stream().anyMatch(size -> size < 0 || size > Integer.MAX_VALUE)) {
            throw Json.unexpected(parser, "Shape " + sizes + " is none", ADVICE);
        }
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    private static byte[] copy(JsonParser parser) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
            json.copyCurrentStructure(parser);
        }
        return bytes.toByteArray();
    }

    private static long binarySize(JsonParser parser) throws IOException {
        require(parser, JsonToken.START_OBJECT);
        long size = -1;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            boolean ours = parser.currentName().equals("binary_data_size");
            parser.nextToken();
            if (ours) {
                require(parser, JsonToken.VALUE_NUMBER_INT);
                size = parser.getLongValue();
            }
            parser.skipChildren();
        }
        return size;
    }

    private Tensor tensor(JsonParser parser, Members members) throws IOException {
        TensorSpec spec = wanted.signature()
                .input(members.name)
                .orElseThrow(() -> Json.unexpected(
                        parser,
                        "Unknown input '" + members.name + "'",
                        "The model has the inputs " + wanted.signature().inputNames() + "."));
        String datatype = DataTypes.name(spec.type());
        if (!datatype.equals(members.datatype)) {
            throw new ServingException(
                    ErrorCode.WRONG_TYPE,
                    "Input '" + members.name + "' expects datatype " + datatype + ", got '" + members.datatype + "'",
                    "Send the values as " + datatype + ".");
        }
        return members.binarySize >= 0 ? binary(parser, spec, members) : plain(spec, members);
    }

    private Tensor plain(TensorSpec spec, Members members) throws IOException {
        TensorSpec free = TensorSpec.ofUnknownShape(spec.name(), spec.type());
        try (JsonParser data = Json.FACTORY.createParser(members.data)) {
            data.nextToken();
            require(data, JsonToken.START_ARRAY);
            return RawData.shaped(TensorJson.read(data, free, wanted.allowNan()), members.shape);
        }
    }

    private Tensor binary(JsonParser parser, TensorSpec spec, Members members) {
        if (members.binarySize > binary.remaining()) {
            throw Json.unexpected(
                    parser,
                    "binary_data_size of '" + spec.name() + "' is " + members.binarySize + ", " + binary.remaining()
                            + " bytes are left",
                    ADVICE);
        }
        ByteBuffer bytes =
                binary.slice(binary.position(), (int) members.binarySize).order(ByteOrder.LITTLE_ENDIAN);
        binary.position(binary.position() + (int) members.binarySize);
        return RawData.read(bytes, spec, wanted.allowNan(), members.shape);
    }
}
