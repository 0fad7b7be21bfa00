package io.mldelivery.serving.model;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.onnxruntime.engine.OrtNDManager;
import ai.djl.onnxruntime.engine.OrtSymbolBlock;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.TensorSpec;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Loads ONNX files on DJL's ONNX Runtime engine. The session is made here, because DJL keeps the declared shapes and
 * types to itself; it is then run by DJL's block.
 */
final class OnnxModel {

    private OnnxModel() {}

    static Computation load(Path file, ModelOptions options) {
        Model model = Engines.engine("OnnxRuntime").newModel("model", Device.cpu());
        try {
            OrtSession session = session(file, options);
            Signature signature = signature(session);
            model.setBlock(block(session, model));
            return new DjlComputation(model, signature, "onnxruntime_onnx");
        } catch (OrtException e) {
            model.close();
            throw corrupt(file, e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static OrtSession session(Path file, ModelOptions options) throws OrtException {
        try (SessionOptions session = new SessionOptions()) {
            session.setIntraOpNumThreads(options.engineNumber("intraOpNumThreads", 1));
            session.setInterOpNumThreads(options.engineNumber("interOpNumThreads", 1));
            session.setOptimizationLevel(
                    choice(SessionOptions.OptLevel.class, options, "optLevel", SessionOptions.OptLevel.ALL_OPT));
            session.setExecutionMode(choice(
                    SessionOptions.ExecutionMode.class,
                    options,
                    "executionMode",
                    SessionOptions.ExecutionMode.SEQUENTIAL));
            return OrtEnvironment.getEnvironment().createSession(file.toString(), session);
        }
    }

    private static <E extends Enum<E>> E choice(Class<E> type, ModelOptions options, String name, E otherwise) {
        String text = options.engineOption(name).orElse(otherwise.name());
        try {
            return Enum.valueOf(type, text);
        } catch (IllegalArgumentException e) {
            throw new ServingException(
                    ErrorCode.BAD_OPTION,
                    "option." + name + " is '" + text + "'",
                    "Give one of " + List.of(type.getEnumConstants()) + ".",
                    e);
        }
    }

    private static OrtSymbolBlock block(OrtSession session, Model model) throws OrtException {
        OrtNDManager manager = (OrtNDManager) model.getNDManager();
        boolean plain =
                session.getOutputInfo().values().stream().allMatch(node -> node.getInfo() instanceof TensorInfo);
        return plain ? new OrtSymbolBlock(session, manager) : new MapOutputBlock(session, manager);
    }

    private static Signature signature(OrtSession session) throws OrtException {
        return new Signature(
                specs(session.getInputInfo().values()),
                specs(session.getOutputInfo().values()));
    }

    private static List<TensorSpec> specs(Collection<NodeInfo> nodes) {
        return nodes.stream().map(OnnxModel::spec).toList();
    }

    private static TensorSpec spec(NodeInfo node) {
        if (node.getInfo() instanceof TensorInfo tensor) {
            DataType type = type(node.getName(), tensor.type);
            long[] shape = tensor.getShape();
            // Rank 0 is what ONNX Runtime reports both for scalars and for shapes left out of the file.
            return shape.length == 0
                    ? TensorSpec.ofUnknownShape(node.getName(), type)
                    : TensorSpec.of(node.getName(), type, shape);
        }
        if (node.getInfo() instanceof SequenceInfo sequence && sequence.isSequenceOfMaps()) {
            return TensorSpec.of(node.getName(), type(node.getName(), sequence.mapInfo.valueType), -1, -1);
        }
        throw unsupported(node.getName(), node.getInfo().toString());
    }

    private static DataType type(String node, OnnxJavaType type) {
        return switch (type) {
            case FLOAT -> DataType.FLOAT32;
            case DOUBLE -> DataType.FLOAT64;
            case FLOAT16 -> DataType.FLOAT16;
            case INT8 -> DataType.INT8;
            case UINT8 -> DataType.UINT8;
            case INT32 -> DataType.INT32;
            case INT64 -> DataType.INT64;
            case BOOL -> DataType.BOOLEAN;
            case STRING -> DataType.STRING;
            default -> throw unsupported(node, type.name());
        };
    }

    private static ServingException unsupported(String node, String type) {
        return new ServingException(
                ErrorCode.CORRUPT_MODEL,
                "'" + node + "' of the model is " + type + ", which cannot be served",
                "Export the model with tensors of float, double, float16, int8, uint8, int32, int64, bool or string.");
    }

    private static ServingException corrupt(Path file, OrtException e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        boolean newer = reason.contains("opset") || reason.contains("IR_VERSION") || reason.contains("IR version");
        String advice = newer
                ? "Export the model with a lower target_opset (17 is safe), or use a newer server."
                : "Export the model again; check it with onnx.checker.check_model.";
        return new ServingException(ErrorCode.CORRUPT_MODEL, "Cannot load " + file + ": " + reason, advice, e);
    }
}
