package io.mldelivery.serving.wire;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An infer request of the Open Inference Protocol, version 2, over HTTP or gRPC. Outputs maps the wanted names to whether
 * they are wanted as binary; empty means all, as {@code binary} says.
 */
public record InferRequest(Optional<String> id, List<Tensor> inputs, Map<String, Boolean> outputs, boolean binary) {

    public InferRequest {
        inputs = List.copyOf(inputs);
        outputs = Map.copyOf(outputs);
    }

    boolean binary(String output) {
        return outputs.getOrDefault(output, binary);
    }

    /** The outputs that are wanted, in the model's order; an unknown one fails. */
    List<Tensor> select(List<Tensor> all) {
        List<String> names = all.stream().map(Tensor::name).toList();
        outputs.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ServingException(
                            ErrorCode.MALFORMED_BODY,
                            "Unknown output '" + name + "'",
                            "The model has the outputs " + names + ".");
                });
        return outputs.isEmpty()
                ? all
                : all.stream()
                        .filter(output -> outputs.containsKey(output.name()))
                        .toList();
    }
}
