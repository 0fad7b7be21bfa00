package io.mldelivery.serving.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** What {@code MLmodel} of an MLflow model folder says: the engine by its flavor, the data file, the column names. */
record MlflowModel(String engine, String data, List<String> columns) {

    private static final List<Flavor> FLAVORS = List.of(
            new Flavor("onnx", ModelFile.ONNX, "data", ""),
            new Flavor("xgboost", ModelFile.XGBOOST, "data", ""),
            new Flavor("pytorch", ModelFile.PYTORCH, "model_data", "/model.pth"));

    /** A flavor that can be served: the engine, the key that names the data, and the file in it where it is a folder. */
    private record Flavor(String name, String engine, String key, String file) {}

    MlflowModel {
        columns = List.copyOf(columns);
    }

    /** Absent for a folder without MLmodel. */
    static Optional<MlflowModel> read(Path folder) {
        Path file = folder.resolve("MLmodel");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            return Optional.of(parse(file, map(document)));
        } catch (IOException | YAMLException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw bad(file, reason, e);
        }
    }

    private static MlflowModel parse(Path file, Map<?, ?> document) throws IOException {
        Map<?, ?> flavors = map(document.get("flavors"));
        for (Flavor flavor : FLAVORS) {
            Object data = map(flavors.get(flavor.name())).get(flavor.key());
            if (data != null) {
                Object inputs = map(document.get("signature")).get("inputs");
                return new MlflowModel(flavor.engine(), data + flavor.file(), columns(inputs));
            }
        }
        throw bad(file, "it has none of the flavors onnx, xgboost and pytorch, but " + flavors.keySet(), null);
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The names of a column signature, which MLflow keeps as JSON in a string; a tensor signature has none. */
    private static List<String> columns(Object inputs) throws IOException {
        List<String> names = new ArrayList<>();
        if (inputs == null) {
            return names;
        }
        boolean tensor = false;
        try (JsonParser json = Json.FACTORY.createParser(inputs.toString())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    String key = json.currentName();
                    tensor |= key.equals("tensor-spec");
                    JsonToken value = json.nextToken();
                    if (key.equals("name") && value == JsonToken.VALUE_STRING) {
                        names.add(json.getText());
                    }
                }
            }
        }
        return tensor ? List.of() : names;
    }

    private static ServingException bad(Path file, String what, Exception cause) {
        return new ServingException(
                ErrorCode.CORRUPT_MODEL,
                "Cannot use " + file + ": " + what,
                "Log the model with the onnx, xgboost or pytorch flavor; Python functions and pickles are not run.",
                cause);
    }
}
