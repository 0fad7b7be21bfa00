package io.mldelivery.serving.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.io.IOException;

/** The one JSON factory: with limits on nesting and lengths, NaN as a token so that its place can be named. */
public final class Json {

    /** Deepest nesting of a request body. */
    static final int MAX_DEPTH = 32;

    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(400)
                    .maxNameLength(1_000)
                    .maxStringLength(1_000_000)
                    .build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private Json() {}

    /** MALFORMED_JSON with line, column and byte of the place. */
    static ServingException malformed(JsonProcessingException e) {
        String reason = e instanceof JsonParseException ? "Malformed JSON" : "JSON beyond the limits";
        return new ServingException(
                ErrorCode.MALFORMED_JSON,
                reason + at(e.getLocation()) + ": " + plain(e.getOriginalMessage()),
                "Send {\"inputs\": [[...], ...]}.",
                null);
    }

    /** MALFORMED_JSON for bytes that are no text in UTF-8, UTF-16 or UTF-32. */
    static ServingException unreadable(IOException e) {
        return new ServingException(
                ErrorCode.MALFORMED_JSON, "Malformed JSON: " + e.getMessage(), "Send JSON in UTF-8.", e);
    }

    /** MALFORMED_BODY for well-formed JSON of another structure. */
    static ServingException unexpected(JsonParser parser, String what, String advice) {
        return new ServingException(ErrorCode.MALFORMED_BODY, what + at(parser.currentTokenLocation()), advice);
    }

    /** Jackson's message without its remark on the source, which it does not show anyway. */
    private static String plain(String message) {
        return message.replaceAll(" \\[Source: [^\\]]*\\]", "")
                .replaceAll("\\(for (\\w+) starting at[^)]*\\)+", "")
                .lines()
                .findFirst()
                .orElse("")
                .trim();
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
