package io.mldelivery.drift.measure;

import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.engine.Side;
import java.util.Optional;

/**
 * What was measured of one column that both tables have.
 *
 * @param distinct different values in both samples together
 * @param statistics empty when either side has no value
 * @param plot empty when either side has no value
 * @param novelty how many values are of a kind that the reference has not seen; empty when that cannot be told
 */
public record ColumnMeasurement(
        String name,
        ColumnKind kind,
        Side reference,
        Side current,
        long distinct,
        Optional<Statistics> statistics,
        Optional<Plot> plot,
        Optional<Novelty> novelty) {

    /** Without novelty. */
    public ColumnMeasurement(
            String name,
            ColumnKind kind,
            Side reference,
            Side current,
            long distinct,
            Optional<Statistics> statistics,
            Optional<Plot> plot) {
        this(name, kind, reference, current, distinct, statistics, plot, Optional.empty());
    }
}
