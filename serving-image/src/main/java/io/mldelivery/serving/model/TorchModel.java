package io.mldelivery.serving.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Loads TorchScript files on DJL's PyTorch engine, whose jars are optional. TorchScript tells neither shapes nor types, so
 * such a model takes one float32 array of any shape, or rows of its named columns.
 */
final class TorchModel {

    private TorchModel() {}

    /** @param columns how many named columns a row has; 0 where none are named */
    static Computation load(Path file, int columns) {
        Model model = Engines.engine(ModelFile.PYTORCH).newModel("model", Device.cpu());
        try {
            model.load(file.getParent(), file.getFileName().toString(), Map.of());
            TensorSpec input = columns == 0
                    ? TensorSpec.ofUnknownShape("data", DataType.FLOAT32)
                    : TensorSpec.of("data", DataType.FLOAT32, -1, columns);
            return new DjlComputation(model, new Signature(List.of(input), List.of()), "pytorch_torchscript");
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw corrupt(file, e);
        }
    }

    private static ServingException corrupt(Path file, Exception e) {
        String advice = Files.isRegularFile(file)
                ? "Save a scripted or traced model, torch.jit.script(model).save(file): pickled ones are not run."
                : "Log a scripted model: mlflow.pytorch.log_model(torch.jit.script(model), ...).";
        return new ServingException(
                ErrorCode.CORRUPT_MODEL,
                "Cannot load " + file + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                advice,
                e);
    }
}
