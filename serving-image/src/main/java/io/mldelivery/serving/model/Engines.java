package io.mldelivery.serving.model;

import ai.djl.engine.Engine;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** DJL's engines, told to stay offline. */
final class Engines {

    /** Held, or the level below would be forgotten: the lack of a GPU is no warning on a server without one. */
    private static final Logger DJL_LOG = Logger.getLogger("ai.djl.onnxruntime.engine.OrtEngine");

    static {
        DJL_LOG.setLevel(Level.SEVERE);
        // No calls to the outside and no second engine for operations that serving never needs.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.onnx.disable_alternative", "true");
        System.setProperty("ai.djl.onnxruntime.num_threads", "1");
        System.setProperty("ai.djl.onnxruntime.num_interop_threads", "1");
        usePlainNatives();
    }

    /** Where the image has the native libraries as files, none are unpacked: the file system may be read-only. */
    private static void usePlainNatives() {
        String folder = System.getenv("MLDELIVERY_NATIVES");
        if (folder != null) {
            String architecture = System.getProperty("os.arch").equals("aarch64") ? "linux-aarch64" : "linux-x64";
            System.setProperty(
                    "onnxruntime.native.path", Path.of(folder, architecture).toString());
        }
    }

    private Engines() {}

    static Computation load(ModelFile file, ModelOptions options) {
        return switch (file.engine()) {
            case ModelFile.XGBOOST ->
                XgboostModel.load(file.path(), file.columns().size());
            case ModelFile.PYTORCH ->
                TorchModel.load(file.path(), file.columns().size());
            default -> OnnxModel.load(file.path(), options);
        };
    }

    static Engine engine(String name) {
        Engine engine = Engine.hasEngine(name) ? Engine.getEngine(name) : null;
        if (engine == null) {
            throw new ServingException(
                    ErrorCode.BAD_OPTION,
                    "Engine '" + name + "' is not installed",
                    "Start the server with the engine's jars: java -cp 'serving.jar:engines/*'"
                            + " io.mldelivery.serving.ServingMain.");
        }
        return engine;
    }
}
