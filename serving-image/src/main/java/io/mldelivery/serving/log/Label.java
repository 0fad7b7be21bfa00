package io.mldelivery.serving.log;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The truth about one row of an earlier request, as it became known later. The value is a class or a number as text. */
public record Label(Instant time, String requestId, int row, String value, boolean number) {

    void write(JsonGenerator json, Optional<LoggedPrediction> prediction) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", time.toString());
        json.writeStringField("request_id", requestId);
        json.writeNumberField("row", row);
        json.writeFieldName("label");
        if (number) {
            json.writeNumber(value);
        } else {
            json.writeString(value);
        }
        if (prediction.isPresent()) {
            json.writeStringField("model", prediction.get().model().name());
            json.writeStringField("version", prediction.get().model().version());
            var cell = prediction.get().prediction(row);
            if (cell.isPresent()) {
                json.writeFieldName("prediction");
                cell.get().write(json);
            }
        }
        json.writeEndObject();
    }
}
