package io.mldelivery.data;

import java.util.List;

/**
 * Rows of a text file that could not be read and were left out.
 *
 * @param examples the first of them, each with its line and what is wrong
 */
public record BrokenRows(long count, List<String> examples) {
    /** Every row was read. */
    public static final BrokenRows NONE = new BrokenRows(0, List.of());

    public BrokenRows {
        examples = List.copyOf(examples);
    }
}
