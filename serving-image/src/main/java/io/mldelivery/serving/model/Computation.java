package io.mldelivery.serving.model;

import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.Tensor;
import java.util.List;

/** A loaded model as a function from tensors to tensors. Safe for several threads; closing frees native memory. */
public interface Computation extends AutoCloseable {

    /** What goes in and out; outputs may be empty where the engine does not tell before the first run. */
    Signature signature();

    /** Engine and file format, such as {@code onnxruntime_onnx}. */
    String platform();

    /** Computes all rows at once; the inputs are in the order of the signature. */
    List<Tensor> compute(List<Tensor> inputs);

    @Override
    void close();
}
