package io.mldelivery.drift.engine;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.policy.Season;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.Optional;

/** The column that a policy names for its time. */
public final class TimeColumn {
    private TimeColumn() {}

    /**
     * The column, which must hold points in time.
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

    /**
     * SQL, in the dialects of all engines, for the part of the week that a timestamp lies in. An engine's days of the week count
     * from a day of its own: the numbers compare within one engine only.
     *
     * @param time SQL for the timestamp
     */
    public static String part(Season season, String time) {
        return switch (season.by()) {
            case WEEKDAY -> "weekday(" + time + ")";
            case HOUR -> "hour(" + time + ")";
            case WEEKDAY_HOUR -> "(24 * weekday(" + time + ") + hour(" + time + "))";
        };
    }
}
