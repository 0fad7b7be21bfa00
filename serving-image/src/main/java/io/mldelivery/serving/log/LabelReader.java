package io.mldelivery.serving.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code {"request_id": "..", "label": 1, "row": 0}} or an array of such objects; row is 0 where it is left out. */
public final class LabelReader {

    private static final String ADVICE =
            "Send {\"request_id\": \"..\", \"label\": .., \"row\": 0} or an array of them.";

    private LabelReader() {}

    public static List<Label> read(InputStream body, Instant now) {
        List<Label> labels = new ArrayList<>();
        try (JsonParser json = Json.FACTORY.createParser(body)) {
            boolean array = json.nextToken() == JsonToken.START_ARRAY;
            JsonToken token = array ? json.nextToken() : json.currentToken();
            while (token == JsonToken.START_OBJECT) {
                labels.add(label(json, now));
                token = json.nextToken();
            }
            boolean whole = array ? token == JsonToken.END_ARRAY && json.nextToken() == null : token == null;
            if (!whole || labels.isEmpty()) {
                throw malformed("The feedback is no object or array of objects");
            }
        } catch (IOException e) {
            throw new ServingException(ErrorCode.MALFORMED_JSON, "Malformed JSON: " + firstLine(e), ADVICE, e);
        }
        return labels;
    }

    private static Label label(JsonParser json, Instant now) throws IOException {
        String id = "";
        String value = "";
        boolean number = false;
        int row = 0;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            if (key.equals("request_id") && token == JsonToken.VALUE_STRING) {
                id = json.getText();
            } else if (key.equals("label") && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                value = json.getText();
                number = token.isNumeric();
            } else if (key.equals("row") && token == JsonToken.VALUE_NUMBER_INT && json.getLongValue() >= 0) {
                row = (int) Math.min(json.getLongValue(), Integer.MAX_VALUE);
            } else {
                throw malformed("The key '" + key + "' or its value is unknown");
            }
        }
        if (id.isEmpty() || value.isEmpty()) {
            throw malformed("request_id or label is missing");
        }
        return new Label(now, id, row, value, number);
    }

    private static ServingException malformed(String what) {
        return new ServingException(ErrorCode.MALFORMED_BODY, what, ADVICE);
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
