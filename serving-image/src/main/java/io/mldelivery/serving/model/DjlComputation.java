package io.mldelivery.serving.model;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Runs a block of any DJL engine; every run has a manager of its own, which frees its arrays. */
final class DjlComputation implements Computation {

    private final Model model;
    private final Block block;
    private final Signature signature;
    private final String platform;
    private final NDManager manager;
    private final ParameterStore parameters;

    DjlComputation(Model model, Signature signature, String platform) {
        this.model = model;
        this.platform = platform;
        this.block = model.getBlock();
        this.signature = signature;
        this.manager = model.getNDManager();
        this.parameters = new ParameterStore(manager, false);
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public String platform() {
        return platform;
    }

    @Override
    public List<Tensor> compute(List<Tensor> inputs) {
        try (NDManager run = manager.newSubManager()) {
            NDList arrays = new NDList(inputs.size());
            inputs.forEach(tensor -> arrays.add(toArray(run, tensor)));
            NDList results = block.forward(parameters, arrays, false);
            results.attach(run);
            return toTensors(results);
        }
    }

    private static NDArray toArray(NDManager run, Tensor tensor) {
        Shape shape = new Shape(tensor.shape());
        if (tensor.type() == DataType.STRING) {
            return run.create(tensor.strings().toArray(String[]::new), shape);
        }
        if (tensor.type() == DataType.FLOAT32) {
            return run.create(tensor.data().asFloatBuffer(), shape, DataType.FLOAT32);
        }
        return run.create(tensor.data(), shape, tensor.type());
    }

    private List<Tensor> toTensors(NDList results) {
        List<Tensor> tensors = new ArrayList<>(results.size());
        for (NDArray array : results) {
            tensors.add(toTensor(outputName(array, tensors.size()), array));
        }
        return tensors;
    }

    private String outputName(NDArray array, int index) {
        List<TensorSpec> declared = signature.outputs();
        if (array.getName() != null) {
            return array.getName();
        }
        return index < declared.size() ? declared.get(index).name() : "output" + index;
    }

    private static Tensor toTensor(String name, NDArray array) {
        long[] shape = array.getShape().getShape();
        if (array.getDataType() == DataType.STRING) {
            return Tensor.ofStrings(name, shape, List.of(array.toStringArray()));
        }
        return Tensor.of(name, array.getDataType(), shape, onHeap(array.toByteBuffer()));
    }

    /** Engines may hand out views of memory that is freed with the run. */
    private static ByteBuffer onHeap(ByteBuffer bytes) {
        if (!bytes.isDirect()) {
            return bytes.order(ByteOrder.nativeOrder());
        }
        ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).order(ByteOrder.nativeOrder());
        return copy.put(bytes).flip();
    }

    @Override
    public void close() {
        model.close();
    }
}
