package io.mldelivery.serving.model;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file of a model folder that an engine loads, and the names of the model's columns where the folder tells them. A
 * folder is MLflow's (it has MLmodel) or plain: then serving.properties names engine and file, or their usual names do.
 */
record ModelFile(String engine, Path path, List<String> columns) {

    static final String ONNX = "OnnxRuntime";
    static final String XGBOOST = "XGBoost";
    static final String PYTORCH = "PyTorch";

    private static final Map<String, List<String>> EXTENSIONS =
            Map.of(ONNX, List.of(".onnx"), XGBOOST, List.of(".json", ".ubj", ".xgb"), PYTORCH, List.of(".pt", ".pth"));

    ModelFile {
        columns = List.copyOf(columns);
    }

    static ModelFile find(Path folder, ModelOptions options) {
        Optional<MlflowModel> mlflow = MlflowModel.read(folder);
        if (mlflow.isPresent()) {
            MlflowModel model = mlflow.get();
            return new ModelFile(model.engine(), inside(folder, model.data()), model.columns());
        }
        for (String engine : List.of(ONNX, XGBOOST, PYTORCH)) {
            if (options.engine().orElse(engine).equals(engine)) {
                Optional<Path> file = file(folder, options, engine);
                if (file.isPresent()) {
                    return new ModelFile(engine, file.get(), options.columns());
                }
            }
        }
        throw new ServingException(
                ErrorCode.CORRUPT_MODEL,
                "No model file in " + folder
                        + options.engine()
                                .map(name -> " for engine '" + name + "'")
                                .orElse(""),
                "Put model.onnx there, or name engine (OnnxRuntime, XGBoost or PyTorch) and option.modelName in"
                        + " serving.properties.");
    }

    private static Optional<Path> file(Path folder, ModelOptions options, String engine) {
        Optional<String> given = options.engineOption("modelName");
        for (String extension : EXTENSIONS.get(engine)) {
            String name = given.orElse("model");
            Path file = inside(folder, name.endsWith(extension) ? name : name + extension);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static Path inside(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)) {
            throw new ServingException(
                    ErrorCode.CORRUPT_MODEL,
                    "Model file " + name + " lies outside " + folder,
                    "Put it into the folder.");
        }
        return file;
    }
}
