package io.mldelivery.drift.measure;

import io.mldelivery.data.ColumnKind;
import java.util.Optional;

/**
 * What was measured of one column that both tables have.
 *
 * @param distinct different values in both samples together
 * @param statistics empty when either side has no value
 * @param plot empty when either side has no value
 */
public record ColumnMeasurement(
        String name,
        ColumnKind kind,
        Side reference,
        Side current,
        long distinct,
        Optional<Statistics> statistics,
        Optional<Plot> plot) {}
