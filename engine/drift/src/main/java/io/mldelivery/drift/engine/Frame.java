package io.mldelivery.drift.engine;

import io.mldelivery.data.BrokenRows;
import io.mldelivery.data.Column;
import io.mldelivery.drift.policy.Sampling;
import io.mldelivery.drift.rows.RowSample;
import java.util.List;
import java.util.Optional;

/** A table as an engine has read it. Lives as long as the {@link DriftData} it came from. */
public interface Frame {
    /** The source as the user wrote it. */
    String source();

    long rows();

    /** In the order of the file. */
    List<Column> columns();

    /** The column with this name, in the same case. */
    default Optional<Column> column(String name) {
        return columns().stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** The rows of the file that could not be read and are not in the table. */
    BrokenRows broken();

    /** Whether a column has no value at all. */
    boolean isEmpty(Column column);

    /** How many columns to ask {@link #numbers} for at once when so many values of each are fetched. */
    int columnsAtOnce(long values);

    /**
     * Numeric columns, or what stands for a number in others: the length of a text in characters, the seconds since 1970
     * of a point in time. Missing and infinite values are counted over all rows; values are those of all rows or, of
     * more rows than the sampling allows, of rows drawn at random, the same ones for the same seed.
     */
    List<Values> numbers(List<Column> columns, Sampling sampling);

    /** The same columns summarized over all rows. */
    List<Summary> summaries(List<Column> columns);

    /** The counts of categories over all rows, the most frequent first, at most {@code most} by name. */
    List<Levels> levels(List<Column> columns, int most);

    /** About so many rows drawn at random, or all if there are no more. */
    RowSample sample(List<Column> columns, long about, long seed);

    /**
     * Vectors of about so many drawn rows: the values of several numeric columns, or those of one column of lists. Rows
     * that miss a value are left out.
     */
    double[][] vectors(List<Column> columns, long about, long seed);
}
