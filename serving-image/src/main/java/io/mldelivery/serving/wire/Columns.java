package io.mldelivery.serving.wire;

import com.fasterxml.jackson.core.JsonParser;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorBuilder;
import io.mldelivery.serving.tensor.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A table on its way to a model. A model with several inputs gets each column as the input of its name, [rows, 1]; a
 * model with one matrix gets the columns side by side, in the order of its declared column names where it has them, else
 * in the order they came.
 */
final class Columns {

    private final Signature signature;
    private final List<String> declared;
    private final boolean allowNan;
    private final List<String> names = new ArrayList<>();
    private final List<TensorBuilder> values = new ArrayList<>();
    private boolean fixed;
    private long rows;

    /** Declared column names may be empty: then the sender's order counts. */
    Columns(Signature signature, List<String> declared, boolean allowNan) {
        this.signature = signature;
        this.declared = declared;
        this.allowNan = allowNan;
    }

    void names(List<String> given) {
        given.forEach(this::column);
        fixed = true;
    }

    /** Columns without names, by position: the declared ones where there are as many. */
    void positions(int count) {
        List<String> given = declared.size() == count ? declared : signature.inputNames();
        for (int i = 0; i < count; i++) {
            column(given.size() == count ? given.get(i) : "column " + i);
        }
        fixed = true;
    }

    private int column(String name) {
        names.add(name);
        values.add(new TensorBuilder(spec(name), allowNan));
        return names.size() - 1;
    }

    private TensorSpec spec(String name) {
        TensorSpec input = signature.inputs().size() == 1
                ? signature.onlyInput()
                : signature.input(name).orElseThrow(() -> unknown(name));
        return TensorSpec.of(name, input.type(), -1, 1);
    }

    private ServingException unknown(String name) {
        List<String> known = declared.isEmpty() ? signature.inputNames() : declared;
        return new ServingException(
                ErrorCode.WRONG_SHAPE, "Unknown column '" + name + "'", "The model has the columns " + known + ".");
    }

    /** The place of a column; the first row introduces them. */
    int indexOf(JsonParser parser, String name) {
        int index = names.indexOf(name);
        if (index < 0 && fixed) {
            throw Json.unexpected(
                    parser, "Column '" + name + "' is not in the first row", "Give each row all columns.");
        }
        return index < 0 ? column(name) : index;
    }

    void add(int column, JsonParser parser) throws IOException {
        if (column >= values.size()) {
            throw Json.unexpected(
                    parser, "More values than the " + values.size() + " columns", "Name the columns before the data.");
        }
        TensorBuilder to = values.get(column);
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> to.add(parser.getDoubleValue());
            case VALUE_STRING -> to.add(parser.getText());
            case VALUE_TRUE -> to.add(true);
            case VALUE_FALSE -> to.add(false);
            case VALUE_NULL -> to.addMissing();
            default ->
                throw Json.unexpected(parser, "No plain value in column '" + names.get(column) + "'", "Send one.");
        }
    }

    /** Adds a value that came as text, such as a CSV field. */
    void add(int column, String text) {
        TensorBuilder to = values.get(column);
        if (to.type() == ai.djl.ndarray.types.DataType.STRING) {
            to.add(text);
        } else if (text.isBlank()) {
            to.addMissing();
        } else {
            try {
                to.add(Double.parseDouble(text.trim()));
            } catch (NumberFormatException e) {
                to.add(text);
            }
        }
    }

    int count() {
        return values.size();
    }

    void endRow(JsonParser parser, int cells) {
        fixed = true;
        rows++;
        boolean whole = cells == values.size() && values.stream().allMatch(column -> column.count() == rows);
        if (!whole) {
            throw Json.unexpected(
                    parser,
                    "Row " + (rows - 1) + " has " + cells + " values for " + names,
                    "Give each row all columns.");
        }
    }

    void endRow() {
        rows++;
    }

    List<Tensor> tensors() {
        List<Tensor> columns = new ArrayList<>();
        for (TensorBuilder value : values) {
            columns.add(value.build(rows, 1));
        }
        return signature.inputs().size() == 1 ? List.of(matrix(ordered(columns))) : columns;
    }

    private List<Tensor> ordered(List<Tensor> columns) {
        if (declared.isEmpty()) {
            return columns;
        }
        names.stream().filter(name -> !declared.contains(name)).findFirst().ifPresent(name -> {
            throw unknown(name);
        });
        return declared.stream().map(name -> named(columns, name)).toList();
    }

    private Tensor named(List<Tensor> columns, String name) {
        Optional<Tensor> found =
                columns.stream().filter(column -> column.name().equals(name)).findFirst();
        return found.orElseThrow(() -> new ServingException(
                ErrorCode.WRONG_SHAPE,
                "Column '" + name + "' is missing",
                "The model has the columns " + Collections.unmodifiableList(declared) + "."));
    }

    private Tensor matrix(List<Tensor> columns) {
        TensorBuilder cells = new TensorBuilder(signature.onlyInput(), allowNan);
        for (int row = 0; row < rows; row++) {
            for (Tensor column : columns) {
                if (column.strings().isEmpty()) {
                    cells.add(column.number(row));
                } else {
                    cells.add(column.strings().get(row));
                }
            }
        }
        return cells.build(rows, columns.size());
    }
}
