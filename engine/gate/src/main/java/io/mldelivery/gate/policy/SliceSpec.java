package io.mldelivery.gate.policy;

import java.util.Optional;

/**
 * The rows a rule looks at separately.
 *
 * @param column each value of this column of the predictions is a slice; absent when {@code where} is given
 * @param where a condition in DuckDB's SQL over the columns of the predictions: its rows are the one slice
 * @param name what reports call it
 * @param minimumRows a smaller slice cannot be judged
 * @param ignoreSmall whether smaller slices are left out instead of being inconclusive
 */
public record SliceSpec(
        Optional<String> column, Optional<String> where, String name, long minimumRows, boolean ignoreSmall) {}
