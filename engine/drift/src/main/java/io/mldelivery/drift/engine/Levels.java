package io.mldelivery.drift.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The categories of one column.
 *
 * @param counts the most frequent ones with their counts, in that order
 * @param all how many different categories there are
 * @param values how many values there are, those of categories that are not named included
 */
public record Levels(Map<String, Long> counts, long all, long values) {
    public Levels {
        counts = new LinkedHashMap<>(counts);
    }
}
