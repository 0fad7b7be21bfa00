package io.mldelivery.serving.tensor;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.util.List;
import java.util.Optional;

/** Inputs and outputs of a model, in the model's order. */
public record Signature(List<TensorSpec> inputs, List<TensorSpec> outputs) {

    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    public Optional<TensorSpec> input(String name) {
        return inputs.stream().filter(spec -> spec.name().equals(name)).findFirst();
    }

    /** The one input of a model that has one; fails for others, whose inputs must be named. */
    public TensorSpec onlyInput() {
        if (inputs.size() != 1) {
            throw new ServingException(
                    ErrorCode.WRONG_SHAPE,
                    "The model has " + inputs.size() + " inputs " + inputNames() + ", one unnamed array came",
                    "Name them: {\"inputs\": {\"name\": [[...]], ...}}.");
        }
        return inputs.get(0);
    }

    public List<String> inputNames() {
        return inputs.stream().map(TensorSpec::name).toList();
    }

    /** Checks types, shapes and equal row counts; returns the tensors in the model's order. */
    public List<Tensor> arrange(List<Tensor> given) {
        List<Tensor> arranged =
                inputs.stream().map(spec -> checked(spec, given)).toList();
        if (given.size() != inputs.size()) {
            throw new ServingException(
                    ErrorCode.WRONG_SHAPE,
                    "Got inputs " + given.stream().map(Tensor::name).toList() + ", the model has " + inputNames(),
                    "Send each input of the model once and nothing else.");
        }
        checkRows(arranged);
        return arranged;
    }

    private static Tensor checked(TensorSpec spec, List<Tensor> given) {
        Tensor found = given.stream()
                .filter(tensor -> tensor.name().equals(spec.name()))
                .findFirst()
                .orElseThrow(() -> new ServingException(
                        ErrorCode.WRONG_SHAPE,
                        "Input '" + spec.name() + "' is missing, got "
                                + given.stream().map(Tensor::name).toList(),
                        "Send each input of the model once."));
        spec.check(found);
        return found;
    }

    private static void checkRows(List<Tensor> arranged) {
        long rows = arranged.get(0).rows();
        for (Tensor tensor : arranged) {
            if (tensor.rows() != rows) {
                throw new ServingException(
                        ErrorCode.WRONG_SHAPE,
                        "Inputs have different numbers of rows: " + arranged,
                        "Send as many rows in each input.");
            }
        }
    }

    /** Whether rows of several requests may be computed together. */
    public boolean batchable() {
        return inputs.stream().allMatch(TensorSpec::batchable);
    }
}
