package io.mldelivery.serving.wire;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.protobuf.ProtobufReader;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorBuilder;
import io.mldelivery.serving.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The message {@code ModelInferRequest} of the Open Inference Protocol over gRPC. It names its model, so it is read in two
 * steps: {@link #parse} without the model's signature, {@link #request} with it. Values are views of the parsed bytes.
 */
public final class InferMessage {

    private static final int MOST_DIMENSIONS = 8;

    private final List<Input> inputs = new ArrayList<>();
    private final Map<String, Boolean> outputs = new LinkedHashMap<>();
    private final List<ByteBuffer> raw = new ArrayList<>();
    private String model = "";
    private String version = "";
    private String id = "";

    /** {@code contents} is the message with the values; absent where they come raw. */
    private record Input(String name, String datatype, long[] shape, Optional<ByteBuffer> contents) {}

    private InferMessage() {}

    public static InferMessage parse(ByteBuffer bytes) {
        InferMessage message = new InferMessage();
        ProtobufReader fields = new ProtobufReader(bytes);
        while (fields.next()) {
            message.read(fields);
        }
        return message;
    }

    private void read(ProtobufReader fields) {
        switch (fields.field()) {
            case 1 -> model = fields.text();
            case 2 -> version = fields.text();
            case 3 -> id = fields.text();
            case 5 -> inputs.add(input(fields.message()));
            case 6 -> outputs.put(name(fields.message()), true);
            case 7 -> raw.add(fields.bytes());
            default -> fields.skip();
        }
    }

    private static Input input(ProtobufReader fields) {
        String name = "";
        String datatype = "";
        List<Long> shape = new ArrayList<>();
        Optional<ByteBuffer> contents = Optional.empty();
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> name = fields.text();
                case 2 -> datatype = fields.text();
                case 3 -> fields.numbers(shape::add);
                case 5 -> contents = Optional.of(fields.bytes());
                default -> fields.skip();
            }
        }
        return new Input(name, datatype, shape(name, shape), contents);
    }

    private static long[] shape(String name, List<Long> sizes) {
        if (sizes.size() > MOST_DIMENSIONS || sizes.stream().anyMatch(size -> size < 0 || size > Integer.MAX_VALUE)) {
            throw malformed("The shape of input '" + name + "' is none");
        }
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    private static String name(ProtobufReader fields) {
        String name = "";
        while (fields.next()) {
            if (fields.field() == 1) {
                name = fields.text();
            } else {
                fields.skip();
            }
        }
        return name;
    }

    /** The name of the model. */
    public String model() {
        return model;
    }

    /** The version of the model; absent: the one that answers requests without a version. */
    public Optional<String> version() {
        return Optional.of(version).filter(text -> !text.isEmpty());
    }

    /** The inputs for a model; {@code binary} when the values came raw and are wanted back so. */
    public InferRequest request(Wanted wanted) {
        if (!raw.isEmpty() && raw.size() != inputs.size()) {
            throw malformed(raw.size() + " raw contents came for " + inputs.size() + " inputs");
        }
        List<Tensor> tensors = new ArrayList<>();
        for (Input input : inputs) {
            tensors.add(tensor(input, tensors.size(), wanted));
        }
        return new InferRequest(
                Optional.of(id).filter(text -> !text.isEmpty()),
                wanted.signature().arrange(tensors),
                outputs,
                !raw.isEmpty());
    }

    private Tensor tensor(Input input, int index, Wanted wanted) {
        TensorSpec spec = wanted.signature()
                .input(input.name())
                .orElseThrow(() -> new ServingException(
                        ErrorCode.MALFORMED_BODY,
                        "Unknown input '" + input.name() + "'",
                        "The model has the inputs " + wanted.signature().inputNames() + "."));
        String datatype = DataTypes.name(spec.type());
        if (!datatype.equals(input.datatype())) {
            throw new ServingException(
                    ErrorCode.WRONG_TYPE,
                    "Input '" + input.name() + "' expects datatype " + datatype + ", got '" + input.datatype() + "'",
                    "Send the values as " + datatype + ".");
        }
        return raw.isEmpty()
                ? typed(input, spec, wanted.allowNan())
                : RawData.read(raw.get(index), spec, wanted.allowNan(), input.shape());
    }

    private static Tensor typed(Input input, TensorSpec spec, boolean allowNan) {
        TensorBuilder to = new TensorBuilder(spec, allowNan);
        int field = TensorContents.field(spec.type())
                .orElseThrow(() -> malformed("Values of type " + input.datatype() + " have to come raw"));
        ProtobufReader contents = new ProtobufReader(input.contents().orElse(ByteBuffer.allocate(0)));
        while (contents.next()) {
            if (contents.field() != field) {
                throw malformed("The values of input '" + input.name() + "' are in field " + contents.field()
                        + " of its contents instead of " + field);
            }
            TensorContents.read(contents, to);
        }
        return RawData.shaped(to.build(to.count()), input.shape());
    }

    private static ServingException malformed(String what) {
        return new ServingException(
                ErrorCode.MALFORMED_BODY, what, "Send a ModelInferRequest as the Open Inference Protocol defines it.");
    }
}
