package io.mldelivery.serving.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorBuilder;
import io.mldelivery.serving.tensor.TensorSpec;
import java.io.IOException;
import java.util.Arrays;

/** Reads one nested JSON array as a tensor; the shape is that of the nesting, which must be regular. */
final class TensorJson {

    private static final int MAX_RANK = 8;
    private static final long UNKNOWN = -1;

    private final TensorSpec spec;
    private final TensorBuilder elements;
    private final long[] shape = new long[MAX_RANK];
    private final long[] counts = new long[MAX_RANK];
    private int depth;
    private int rank = -1;

    private TensorJson(TensorSpec spec, boolean allowNan) {
        this.spec = spec;
        this.elements = new TensorBuilder(spec, allowNan);
        Arrays.fill(shape, UNKNOWN);
    }

    /** Reads the value that starts at the current token and leaves the parser on its last token. */
    static Tensor read(JsonParser parser, TensorSpec spec, boolean allowNan) throws IOException {
        return new TensorJson(spec, allowNan).read(parser);
    }

    private Tensor read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        do {
            accept(parser, token);
            if (depth > 0) {
                token = parser.nextToken();
            }
        } while (depth > 0);
        return elements.build(finalShape());
    }

    private long[] finalShape() {
        int axes = 0;
        while (axes < MAX_RANK && shape[axes] != UNKNOWN) {
            axes++;
        }
        return withEmptyColumns(Arrays.copyOf(shape, axes));
    }

    /** {@code []} for a declared [-1, 30] is no rows of 30. */
    private long[] withEmptyColumns(long[] found) {
        long[] declared = spec.shape();
        if (found.length == 1 && found[0] == 0 && declared.length > 1) {
            declared[0] = 0;
            return Arrays.stream(declared).anyMatch(size -> size < 0) ? found : declared;
        }
        return found;
    }

    private void accept(JsonParser parser, JsonToken token) throws IOException {
        switch (token) {
            case START_ARRAY -> open(parser);
            case END_ARRAY -> close(parser);
            case VALUE_NUMBER_FLOAT -> {
                leaf(parser);
                elements.add(parser.getDoubleValue());
            }
            case VALUE_NUMBER_INT -> {
                leaf(parser);
                addInteger(parser);
            }
            case VALUE_STRING -> {
                leaf(parser);
                elements.add(parser.getText());
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                leaf(parser);
                elements.add(token == JsonToken.VALUE_TRUE);
            }
            case VALUE_NULL -> {
                leaf(parser);
                elements.addMissing();
            }
            default ->
                throw Json.unexpected(
                        parser, "An object inside input '" + spec.name() + "'", "Send nested arrays of numbers.");
        }
    }

    private void addInteger(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            elements.add(parser.getDoubleValue());
        } else {
            elements.add(parser.getLongValue());
        }
    }

    private void open(JsonParser parser) {
        if (depth == MAX_RANK || depth == rank) {
            throw ragged(parser, "An array where a value is expected");
        }
        counts[depth++] = 0;
    }

    private void close(JsonParser parser) {
        depth--;
        if (shape[depth] == UNKNOWN) {
            shape[depth] = counts[depth];
        } else if (shape[depth] != counts[depth]) {
            throw ragged(parser, "Row of " + counts[depth] + " values after rows of " + shape[depth]);
        }
        if (depth > 0) {
            counts[depth - 1]++;
        }
    }

    private void leaf(JsonParser parser) {
        if (rank < 0 && !sawArrayHere()) {
            rank = depth;
        } else if (depth != rank) {
            throw ragged(parser, "A value where an array is expected");
        }
        if (depth > 0) {
            counts[depth - 1]++;
        }
    }

    /** Whether an array stood where a value stands now; it was empty, or the rank would be known. */
    private boolean sawArrayHere() {
        return depth < MAX_RANK && shape[depth] != UNKNOWN;
    }

    private ServingException ragged(JsonParser parser, String what) {
        ServingException place = Json.unexpected(parser, what + " in input '" + spec.name() + "'", "");
        return new ServingException(
                ErrorCode.WRONG_SHAPE,
                place.getMessage() + "; expected shape " + spec.describe(),
                "Send rows of equal length.");
    }
}
