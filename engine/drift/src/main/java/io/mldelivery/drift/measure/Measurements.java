package io.mldelivery.drift.measure;

import java.util.List;

/**
 * What was measured of two tables.
 *
 * @param referenceRows rows of the whole reference
 * @param currentRows rows of the whole current table
 * @param sampled whether numeric columns were measured on a random sample
 */
public record Measurements(
        long referenceRows,
        long currentRows,
        boolean sampled,
        List<ColumnMeasurement> columns,
        List<SchemaFinding> schema) {

    public Measurements {
        columns = List.copyOf(columns);
        schema = List.copyOf(schema);
    }
}
