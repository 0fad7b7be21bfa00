package io.mldelivery.serving.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of {@code POST /predictions}: {@code {"inputs": [[..]]}}, {@code {"instances": [[..]]}} or {@code [[..]]};
 * a model with several inputs takes {@code {"inputs": {"name": [[..]], ..}}}. MLflow's {@code dataframe_split} and
 * {@code dataframe_records} are read too.
 */
public final class PredictionJson {

    private static final String ADVICE =
            "Send {\"inputs\": [[...], ...]}, {\"instances\": [[...], ...]} or [[...], ...].";

    private final Signature signature;
    private final List<String> columns;
    private final boolean allowNan;

    public PredictionJson(Signature signature, boolean allowNan) {
        this(signature, List.of(), allowNan);
    }

    /** The names of the columns of a model with one matrix; empty where they are not known. */
    public PredictionJson(Signature signature, List<String> columns, boolean allowNan) {
        this.signature = signature;
        this.columns = columns;
        this.allowNan = allowNan;
    }

    /** Reads the tensors in the model's order, checked against its types and shapes. */
    public List<Tensor> read(InputStream body) {
        try (JsonParser parser = Json.FACTORY.createParser(body)) {
            List<Tensor> inputs = document(parser);
            if (parser.nextToken() != null) {
                throw Json.unexpected(parser, "More after the end of the JSON document", ADVICE);
            }
            return signature.arrange(inputs);
        } catch (JsonProcessingException e) {
            throw Json.malformed(e);
        } catch (IOException e) {
            throw Json.unreadable(e);
        }
    }

    private List<Tensor> document(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_ARRAY) {
            return List.of(TensorJson.read(parser, signature.onlyInput(), allowNan));
        }
        if (first != JsonToken.START_OBJECT) {
            throw Json.unexpected(parser, "The body is no JSON object or array", ADVICE);
        }
        return object(parser);
    }

    private List<Tensor> object(JsonParser parser) throws IOException {
        List<Tensor> inputs = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (inputs != null) {
                throw Json.unexpected(parser, "Unexpected key '" + key + "'", ADVICE);
            }
            parser.nextToken();
            inputs = values(parser, key);
        }
        if (inputs == null) {
            throw Json.unexpected(parser, "Neither 'inputs' nor 'instances' in the body", ADVICE);
        }
        return inputs;
    }

    private List<Tensor> values(JsonParser parser, String key) throws IOException {
        return switch (key) {
            case "inputs", "instances" -> tensors(parser);
            case "dataframe_split" -> DataFrameJson.readSplit(parser, new Columns(signature, columns, allowNan));
            case "dataframe_records" -> DataFrameJson.readRecords(parser, new Columns(signature, columns, allowNan));
            default -> throw Json.unexpected(parser, "Unexpected key '" + key + "'", ADVICE);
        };
    }

    private List<Tensor> tensors(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            return List.of(TensorJson.read(parser, signature.onlyInput(), allowNan));
        }
        if (token == JsonToken.START_OBJECT) {
            return named(parser);
        }
        throw Json.unexpected(parser, "'" + parser.currentName() + "' is no array", ADVICE);
    }

    private List<Tensor> named(JsonParser parser) throws IOException {
        List<Tensor> inputs = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            TensorSpec spec = signature
                    .input(name)
                    .orElseThrow(() -> Json.unexpected(
                            parser,
                            "Unknown input '" + name + "'",
                            "The model has the inputs " + signature.inputNames() + "."));
            parser.nextToken();
            inputs.add(TensorJson.read(parser, spec, allowNan));
        }
        return inputs;
    }
}
