package io.mldelivery.drift.profile;

import io.mldelivery.data.Column;
import io.mldelivery.drift.engine.Side;

/** The summary of one column. */
public sealed interface ColumnProfile permits NumericProfile, CategoryProfile {
    Column column();

    /** Missing, infinite and remaining values. */
    Side side();
}
