package io.mldelivery.drift.engine;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.Optional;

/** Checks that a column which a policy names for its time holds points in time. */
public final class TimeColumn {
    private TimeColumn() {}

    /**
     * The column.
     *
     * @param found the column with this name, if there is one
     * @param key where in the policy the name stands
     * @throws DeliveryException when there is none, or it holds something else
     */
    public static Column in(String source, Optional<Column> found, String name, String key) {
        Column column = found.orElseThrow(() -> new DeliveryException(
                Code.CONFIG, key + ": " + source + " has no column '" + name + "'", "Correct the name in the policy."));
        if (column.kind() != ColumnKind.DATETIME || column.type().equals("TIME")) {
            throw new DeliveryException(
                    Code.CONFIG,
                    key + ": column '" + name + "' of " + source + " holds no points in time (" + column.type() + ")",
                    "Name a column of dates or timestamps.");
        }
        return column;
    }
}
