package io.mldelivery.drift.profile;

import io.mldelivery.data.Column;
import io.mldelivery.drift.engine.Side;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The counts of a column's categories.
 *
 * @param counts the most frequent categories
 * @param otherLevels how many more categories there are
 * @param others how many rows those have together
 */
public record CategoryProfile(Column column, Side side, Map<String, Long> counts, long otherLevels, long others)
        implements ColumnProfile {
    /** How many categories are kept by name. */
    public static final int MOST_LEVELS = 200;

    public CategoryProfile {
        counts = new LinkedHashMap<>(counts);
    }
}
