package io.mldelivery.drift.measure;

import io.mldelivery.data.Column;
import io.mldelivery.drift.engine.Frame;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The columns of one side of a comparison.
 *
 * @param source what the user called it
 * @param isEmpty whether a column has no value at all
 */
public record Schema(String source, List<Column> columns, Predicate<Column> isEmpty) {

    public static Schema of(Frame frame) {
        return new Schema(frame.source(), frame.columns(), frame::isEmpty);
    }

    Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
