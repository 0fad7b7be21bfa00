package io.mldelivery.serving.model;

import ai.djl.engine.Engine;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Chooses the engine of a model folder by its files or its option and loads the model with it. */
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
    }

    private Engines() {}

    static Computation load(Path folder, ModelOptions options) {
        String engine = options.engine().orElseGet(() -> engineOf(folder));
        return switch (engine) {
            case "OnnxRuntime" -> OnnxModel.load(modelFile(folder, options, ".onnx"), options);
            default -> throw new ServingException(
                    ErrorCode.BAD_OPTION,
                    "Engine '" + engine + "' of " + folder + " is not known",
                    "Use OnnxRuntime.");
        };
    }

    private static String engineOf(Path folder) {
        if (has(folder, ".onnx")) {
            return "OnnxRuntime";
        }
        throw new ServingException(
                ErrorCode.CORRUPT_MODEL,
                "No model file in " + folder,
                "Put model.onnx there, or name the engine in serving.properties.");
    }

    static Engine engine(String name) {
        Engine engine = Engine.hasEngine(name) ? Engine.getEngine(name) : null;
        if (engine == null) {
            throw new ServingException(
                    ErrorCode.BAD_OPTION, "Engine '" + name + "' is not installed", "Add its jars to the class path.");
        }
        return engine;
    }

    private static boolean has(Path folder, String extension) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(extension));
        } catch (IOException e) {
            throw new ServingException(
                    ErrorCode.CORRUPT_MODEL,
                    "Cannot list " + folder + ": " + e.getMessage(),
                    "Give a readable model folder.",
                    e);
        }
    }

    /** {@code model.EXT}, or the file that option.modelName names; it must lie in the folder. */
    private static Path modelFile(Path folder, ModelOptions options, String extension) {
        String name = options.engineOption("modelName").orElse("model" + extension);
        Path file = folder.resolve(name.endsWith(extension) ? name : name + extension).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            throw new ServingException(
                    ErrorCode.CORRUPT_MODEL,
                    "No file " + name + " in " + folder,
                    "Name the file model" + extension + " or set option.modelName to a file of the folder.");
        }
        return file;
    }
}
