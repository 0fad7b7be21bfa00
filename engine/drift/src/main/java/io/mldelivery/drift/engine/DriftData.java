package io.mldelivery.drift.engine;

import io.mldelivery.data.Column;
import io.mldelivery.drift.policy.Season;
import io.mldelivery.drift.policy.Window;
import io.mldelivery.drift.statistics.CategoryPair;
import java.util.List;

/** The opened sources of one check. For one thread; every failure is a {@link io.mldelivery.model.DeliveryException}. */
public interface DriftData extends AutoCloseable {
    /** Beyond this many categories the rarest are counted together. */
    int MOST_LEVELS = 10_000;

    /** Reads a declared source; asked again, answers with the same table. */
    Frame read(String source);

    /** The window's rows. */
    Frame window(Frame current, Window window);

    /** The reference's rows of the weekdays or hours that the current rows have. */
    Frame season(Frame reference, Frame current, Season season);

    /**
     * Counts the categories of these columns in both tables, over all rows. Of each column the {@value #MOST_LEVELS}
     * that are most frequent in both together are counted by name, the rest as one; levels come in order of their names.
     */
    List<CategoryPair> categories(List<Column> columns, Frame reference, Frame current);

    /** What the reader of the result should know about the reading so far. */
    List<String> notes();

    @Override
    void close();
}
