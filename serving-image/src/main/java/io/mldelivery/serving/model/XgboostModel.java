package io.mldelivery.serving.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.TensorSpec;
import io.mldelivery.serving.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Loads boosters on DJL's XGBoost engine, whose jars are optional. The native library is XGBoost 3.0: a booster that was
 * saved by a newer one may lose its base score without a word, so such a model needs golden rows.
 */
final class XgboostModel {

    private XgboostModel() {}

    static Computation load(Path file) {
        Model model = Engines.engine(ModelFile.XGBOOST).newModel("model", Device.cpu());
        try {
            model.load(file, null, Map.of());
            Signature signature = new Signature(
                    List.of(TensorSpec.of("data", DataType.FLOAT32, -1, columns(file))),
                    List.of(TensorSpec.of("predictions", DataType.FLOAT32, -1)));
            return new RowwiseComputation(new DjlComputation(model, signature, "xgboost"));
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw corrupt(file, e);
        }
    }

    /** num_feature of a model in JSON, which is a string there; -1 for the binary formats. */
    private static long columns(Path file) throws IOException {
        if (!file.toString().endsWith(".json")) {
            return -1;
        }
        try (JsonParser json = Json.FACTORY.createParser(file.toFile())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && json.currentName().equals("num_feature")) {
                    json.nextToken();
                    return Long.parseLong(json.getText());
                }
            }
        } catch (NumberFormatException e) {
            throw new IOException("num_feature is no number", e);
        }
        return -1;
    }

    private static ServingException corrupt(Path file, Exception e) {
        return new ServingException(
                ErrorCode.CORRUPT_MODEL,
                "Cannot load " + file + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                "Save the booster with save_model(\"model.json\").",
                e);
    }
}
