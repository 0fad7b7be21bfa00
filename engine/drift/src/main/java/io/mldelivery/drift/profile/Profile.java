package io.mldelivery.drift.profile;

import io.mldelivery.data.Column;
import io.mldelivery.drift.performance.ReferencePerformance;
import java.util.List;
import java.util.Optional;

/**
 * A summary of a table: schema, counts, moments, quantiles and category tables of every column, all taken from all rows.
 *
 * @param source what was summarized, as its author wrote it
 * @param performance how good the model's answers were; empty when the policy named none or there were no labels
 */
public record Profile(
        String source, long rows, List<ColumnProfile> columns, Optional<ReferencePerformance> performance) {
    public Profile {
        columns = List.copyOf(columns);
    }

    /** The same with the model's performance. */
    public Profile with(Optional<ReferencePerformance> known) {
        return new Profile(source, rows, columns, known);
    }

    /** The columns as a table would describe them. */
    public List<Column> schema() {
        return columns.stream().map(ColumnProfile::column).toList();
    }
}
