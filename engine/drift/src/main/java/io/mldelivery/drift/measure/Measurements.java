package io.mldelivery.drift.measure;

import java.util.List;

/**
 * What was measured of two tables.
 *
 * @param referenceRows rows of the whole reference
 * @param currentRows rows of the whole current table
 * @param sampled whether numeric columns were measured on a random sample
 * @param notes what should be known about how it was measured, such as unreadable rows
 */
public record Measurements(
        long referenceRows,
        long currentRows,
        boolean sampled,
        List<ColumnMeasurement> columns,
        List<SchemaFinding> schema,
        List<String> notes) {

    public Measurements {
        columns = List.copyOf(columns);
        schema = List.copyOf(schema);
        notes = List.copyOf(notes);
    }

    /** Without notes. */
    public Measurements(
            long referenceRows,
            long currentRows,
            boolean sampled,
            List<ColumnMeasurement> columns,
            List<SchemaFinding> schema) {
        this(referenceRows, currentRows, sampled, columns, schema, List.of());
    }

    /** The same with what should be known about how it was measured. */
    public Measurements withNotes(List<String> more) {
        return new Measurements(referenceRows, currentRows, sampled, columns, schema, more);
    }
}
