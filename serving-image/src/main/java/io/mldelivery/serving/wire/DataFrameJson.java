package io.mldelivery.serving.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mldelivery.serving.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** MLflow's {@code dataframe_split} and {@code dataframe_records}. */
final class DataFrameJson {

    private static final String SPLIT = "Send {\"dataframe_split\": {\"columns\": [..], \"data\": [[..]]}}.";
    private static final String RECORDS = "Send {\"dataframe_records\": [{\"column\": value, ..}, ..]}.";

    private final JsonParser parser;
    private final Columns columns;

    private DataFrameJson(JsonParser parser, Columns columns) {
        this.parser = parser;
        this.columns = columns;
    }

    /** Reads the value at the current token, an object with columns before data; an index is skipped. */
    static List<Tensor> readSplit(JsonParser parser, Columns columns) throws IOException {
        return new DataFrameJson(parser, columns).split();
    }

    /** Reads the value at the current token, an array of objects with the same keys. */
    static List<Tensor> readRecords(JsonParser parser, Columns columns) throws IOException {
        return new DataFrameJson(parser, columns).records();
    }

    private List<Tensor> split() throws IOException {
        require(JsonToken.START_OBJECT, SPLIT);
        boolean data = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "columns" -> columns.names(names());
                case "index" -> parser.skipChildren();
                case "data" -> {
                    data = true;
                    rows();
                }
                default -> throw Json.unexpected(parser, "Unexpected key '" + key + "'", SPLIT);
            }
        }
        if (!data) {
            throw Json.unexpected(parser, "No 'data' in dataframe_split", SPLIT);
        }
        return columns.tensors();
    }

    private List<String> names() throws IOException {
        require(JsonToken.START_ARRAY, SPLIT);
        List<String> names = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(JsonToken.VALUE_STRING, SPLIT);
            names.add(parser.getText());
        }
        return names;
    }

    private void rows() throws IOException {
        require(JsonToken.START_ARRAY, SPLIT);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(JsonToken.START_ARRAY, SPLIT);
            int column = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                columns.add(column++, parser);
            }
            columns.endRow(parser, column);
        }
    }

    private List<Tensor> records() throws IOException {
        require(JsonToken.START_ARRAY, RECORDS);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(JsonToken.START_OBJECT, RECORDS);
            int cells = 0;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                int column = columns.indexOf(parser, parser.currentName());
                parser.nextToken();
                columns.add(column, parser);
                cells++;
            }
            columns.endRow(parser, cells);
        }
        return columns.tensors();
    }

    private void require(JsonToken token, String advice) {
        if (parser.currentToken() != token) {
            throw Json.unexpected(parser, "Expected " + token + ", got " + parser.currentToken(), advice);
        }
    }
}
