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
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loads boosters on DJL's XGBoost engine, whose jars are optional. The native library is XGBoost 3.0: a booster that was
 * saved by a newer one may lose its base score without a word, so such a model needs golden rows.
 */
final class XgboostModel {

    private static final long LOOKED_THROUGH = 64 << 10;
    private static final String FEATURES = "num_feature";
    private static final Pattern IN_UBJSON = Pattern.compile(FEATURES + "SL\\x00{7}.([0-9]{1,9})", Pattern.DOTALL);

    private XgboostModel() {}

    /** @param columns how many named columns a row has; 0 where none are named and the file has to tell */
    static Computation load(Path file, int columns) {
        Model model = Engines.engine(ModelFile.XGBOOST).newModel("model", Device.cpu());
        try {
            model.load(file, null, Map.of());
            Signature signature = new Signature(
                    List.of(TensorSpec.of("data", DataType.FLOAT32, -1, columns == 0 ? features(file) : columns)),
                    List.of(TensorSpec.of("predictions", DataType.FLOAT32, -1)));
            return new RowwiseComputation(new DjlComputation(model, signature, "xgboost"));
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw corrupt(file, e);
        }
    }

    /**
     * {@code num_feature}, which is a string in JSON and, between its length in eight bytes, in UBJSON; -1 for the old binary
     * format. The engine itself would take a row of fewer columns and count the others as missing.
     */
    private static long features(Path file) throws IOException {
        String name = file.toString();
        if (name.endsWith(".json")) {
            return inJson(file);
        }
        return name.endsWith(".ubj") ? inUbjson(file) : -1;
    }

    private static long inJson(Path file) throws IOException {
        try (JsonParser json = Json.FACTORY.createParser(file.toFile())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && json.currentName().equals(FEATURES)) {
                    json.nextToken();
                    return Long.parseLong(json.getText());
                }
            }
        } catch (NumberFormatException e) {
            throw new IOException(FEATURES + " is no number", e);
        }
        return -1;
    }

    /** The learner's parameters stand at the end, behind all trees. */
    private static long inUbjson(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(content.length(), LOOKED_THROUGH)];
            content.seek(content.length() - end.length);
            content.readFully(end);
            Matcher matcher = IN_UBJSON.matcher(new String(end, StandardCharsets.ISO_8859_1));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
        }
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
