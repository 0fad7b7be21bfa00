package io.mldelivery.serving.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.onnxruntime.engine.OrtNDArray;
import ai.djl.onnxruntime.engine.OrtNDManager;
import ai.djl.onnxruntime.engine.OrtSymbolBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs models whose outputs hold sequences of maps (scikit-learn exports with ZipMap): each map becomes a row, ordered by
 * its keys. DJL's own block leaves the native maps and sequences unfreed, so it would leak with every request.
 */
final class MapOutputBlock extends OrtSymbolBlock {

    private final OrtSession session;

    MapOutputBlock(OrtSession session, OrtNDManager manager) {
        super(session, manager);
        this.session = session;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> options) {
        NDManager manager = inputs.head().getManager();
        try (OrtSession.Result results = session.run(named(inputs))) {
            NDList outputs = new NDList();
            for (Map.Entry<String, OnnxValue> result : results) {
                NDArray array = toArray(manager, result.getValue());
                array.setName(result.getKey());
                outputs.add(array);
            }
            return outputs;
        } catch (OrtException e) {
            throw new EngineException(e);
        }
    }

    private Map<String, OnnxTensor> named(NDList inputs) {
        Map<String, OnnxTensor> tensors = new TreeMap<>();
        int index = 0;
        for (String name : session.getInputNames()) {
            tensors.put(name, ((OrtNDArray) inputs.get(index++)).getTensor());
        }
        return tensors;
    }

    private static NDArray toArray(NDManager manager, OnnxValue value) throws OrtException {
        if (value instanceof OnnxTensor tensor) {
            return copyOf(manager, tensor);
        }
        if (value instanceof OnnxSequence sequence && sequence.getInfo().isSequenceOfMaps()) {
            return matrix(manager, rows(sequence));
        }
        throw new EngineException("An output is a " + value.getType() + ", which cannot be served");
    }

    private static NDArray copyOf(NDManager manager, OnnxTensor tensor) throws OrtException {
        Shape shape = new Shape(tensor.getInfo().getShape());
        return switch (tensor.getInfo().type) {
            case STRING -> manager.create((String[]) tensor.getValue(), shape);
            case FLOAT -> manager.create(tensor.getFloatBuffer(), shape, DataType.FLOAT32);
            case DOUBLE -> manager.create(tensor.getDoubleBuffer(), shape, DataType.FLOAT64);
            case INT64 -> manager.create(tensor.getLongBuffer(), shape, DataType.INT64);
            case INT32 -> manager.create(tensor.getIntBuffer(), shape, DataType.INT32);
            default -> throw new EngineException("Labels of type " + tensor.getInfo().type + " cannot be served");
        };
    }

    private static List<Map<?, ?>> rows(OnnxSequence sequence) throws OrtException {
        List<Map<?, ?>> rows = new ArrayList<>();
        for (OnnxValue value : sequence.getValue()) {
            try (OnnxMap map = (OnnxMap) value) {
                rows.add(new TreeMap<>(map.getValue()));
            }
        }
        return rows;
    }

    private static NDArray matrix(NDManager manager, List<Map<?, ?>> rows) {
        int columns = rows.isEmpty() ? 0 : rows.get(0).size();
        ByteBuffer numbers =
                ByteBuffer.allocateDirect(rows.size() * columns * 4).order(ByteOrder.nativeOrder());
        for (Map<?, ?> row : rows) {
            row.values().forEach(value -> numbers.putFloat(((Number) value).floatValue()));
        }
        return manager.create(numbers.flip().asFloatBuffer(), new Shape(rows.size(), columns), DataType.FLOAT32);
    }
}
