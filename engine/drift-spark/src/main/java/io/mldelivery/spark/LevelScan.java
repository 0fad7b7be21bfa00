package io.mldelivery.spark;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Counts the categories of some columns in one part of a table. When many are held, the counts so far are handed over,
 * so memory stays bounded; a category can come several times.
 */
final class LevelScan implements FlatMapFunction<Iterator<InternalRow>, LevelScan.Counted> {
    private static final long serialVersionUID = 1L;
    private static final int MOST_HELD = 200_000;

    static final int REFERENCE = 0;
    static final int CURRENT = 1;

    private final int columns;
    private final int side;

    LevelScan(int columns, int side) {
        this.columns = columns;
        this.side = side;
    }

    /** A category of a column: the column's number from 0, and its name. */
    record Level(int column, String name) implements Serializable {}

    /** How often a category occurs in the reference and in the current table. */
    record Counted(Level level, long reference, long current) implements Serializable {
        Counted and(Counted other) {
            return new Counted(level, reference + other.reference, current + other.current);
        }

        long both() {
            return reference + current;
        }
    }

    @Override
    public Iterator<Counted> call(Iterator<InternalRow> rows) {
        return new Counting(rows);
    }

    private final class Counting implements Iterator<Counted> {
        private final Iterator<InternalRow> rows;
        private final Deque<Counted> ready = new ArrayDeque<>();

        private Counting(Iterator<InternalRow> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && rows.hasNext()) {
                count();
            }
            return !ready.isEmpty();
        }

        @Override
        public Counted next() {
            hasNext();
            return ready.remove();
        }

        private void count() {
            Map<Integer, Map<UTF8String, long[]>> counts = new HashMap<>();
            int held = 0;
            while (rows.hasNext() && held < MOST_HELD) {
                InternalRow row = rows.next();
                for (int i = 0; i < columns; i++) {
                    held += row.isNullAt(i) ? 0 : add(counts, i, row.getUTF8String(i));
                }
            }
            counts.forEach((column, levels) -> levels.forEach((name, n) -> ready.add(new Counted(
                    new Level(column, name.toString()), side == REFERENCE ? n[0] : 0, side == CURRENT ? n[0] : 0))));
        }

        /** 1 when the category is new; its name lies in a row that Spark reuses. */
        private static int add(Map<Integer, Map<UTF8String, long[]>> counts, int column, UTF8String name) {
            Map<UTF8String, long[]> levels = counts.computeIfAbsent(column, i -> new HashMap<>());
            long[] n = levels.get(name);
            if (n != null) {
                n[0]++;
                return 0;
            }
            levels.put(name.copy(), new long[] {1});
            return 1;
        }
    }
}
