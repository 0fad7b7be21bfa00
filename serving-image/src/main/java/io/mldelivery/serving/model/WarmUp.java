package io.mldelivery.serving.model;

import ai.djl.ndarray.types.DataType;
import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;

/** First run of a model without golden rows: one row of zeros, where the shape is declared. */
final class WarmUp {

    private WarmUp() {}

    static void run(Computation computation) {
        Signature signature = computation.signature();
        if (signature.inputs().stream().allMatch(WarmUp::canMake)) {
            computation.compute(signature.inputs().stream().map(WarmUp::zeros).toList());
        }
    }

    private static boolean canMake(TensorSpec spec) {
        return spec.shapeKnown() && Arrays.stream(spec.shape()).skip(1).allMatch(size -> size >= 0);
    }

    private static Tensor zeros(TensorSpec spec) {
        long[] shape = spec.shape();
        shape[0] = Math.max(1, shape[0]);
        int elements = Math.toIntExact(Tensor.elements(shape));
        if (spec.type() == DataType.STRING) {
            return Tensor.ofStrings(spec.name(), shape, Collections.nCopies(elements, ""));
        }
        ByteBuffer data = ByteBuffer.allocate(elements * spec.type().getNumOfBytes());
        return Tensor.of(spec.name(), spec.type(), shape, data.order(ByteOrder.nativeOrder()));
    }
}
