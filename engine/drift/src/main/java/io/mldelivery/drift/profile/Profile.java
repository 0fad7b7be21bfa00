package io.mldelivery.drift.profile;

import io.mldelivery.data.Column;
import java.util.List;

/**
 * A summary of a table: schema, counts, moments, quantiles and category tables of every column, all taken from all rows.
 *
 * @param source what was summarized, as its author wrote it
 */
public record Profile(String source, long rows, List<ColumnProfile> columns) {
    public Profile {
        columns = List.copyOf(columns);
    }

    /** The columns as a table would describe them. */
    public List<Column> schema() {
        return columns.stream().map(ColumnProfile::column).toList();
    }
}
