package io.mldelivery.drift.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The counts of a column's categories (or bins) in both samples, one entry a category that occurs in either.
 *
 * <p>Treat the arrays as read-only: they are not copied.
 */
public final class CategoryPair {
    private static final double LEAST_EXPECTED = 5;

    private final List<String> levels;
    private final long[] reference;
    private final long[] current;
    private final long referenceSize;
    private final long currentSize;

    public CategoryPair(List<String> levels, long[] reference, long[] current) {
        if (levels.size() != reference.length || levels.size() != current.length) {
            throw new IllegalArgumentException("lengths differ");
        }
        this.levels = List.copyOf(levels);
        this.reference = reference;
        this.current = current;
        this.referenceSize = Arrays.stream(reference).sum();
        this.currentSize = Arrays.stream(current).sum();
    }

    public List<String> levels() {
        return levels;
    }

    public int size() {
        return levels.size();
    }

    public long reference(int index) {
        return reference[index];
    }

    public long current(int index) {
        return current[index];
    }

    public long referenceSize() {
        return referenceSize;
    }

    public long currentSize() {
        return currentSize;
    }

    /** The share of each category in the reference, summing to 1. */
    public double[] referenceShares() {
        return shares(reference, referenceSize);
    }

    /** The share of each category in the current sample, summing to 1. */
    public double[] currentShares() {
        return shares(current, currentSize);
    }

    private static double[] shares(long[] counts, long size) {
        return Arrays.stream(counts).mapToDouble(count -> (double) count / size).toArray();
    }

    /**
     * The same counts with rare categories put together until every one is expected at least {@value #LEAST_EXPECTED}
     * times in either sample. Below that the chi-square distribution is no good approximation and unchanged data would
     * alarm too often (Cochran 1954).
     */
    public CategoryPair withoutRareLevels() {
        double share = (double) Math.min(referenceSize, currentSize) / (referenceSize + currentSize);
        List<Integer> order = IntStream.range(0, levels.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> reference[i] + current[i]))
                .toList();
        List<String> names = new ArrayList<>();
        List<long[]> counts = new ArrayList<>();
        long[] pool = new long[2];
        for (int i : order) {
            pool[0] += reference[i];
            pool[1] += current[i];
            if ((pool[0] + pool[1]) * share >= LEAST_EXPECTED) {
                names.add(levels.get(i));
                counts.add(pool);
                pool = new long[2];
            }
        }
        addRest(names, counts, pool);
        return new CategoryPair(names, column(counts, 0), column(counts, 1));
    }

    private static void addRest(List<String> names, List<long[]> counts, long[] rest) {
        if (counts.isEmpty()) {
            names.add("all");
            counts.add(rest);
        } else {
            long[] last = counts.get(counts.size() - 1);
            last[0] += rest[0];
            last[1] += rest[1];
        }
    }

    private static long[] column(List<long[]> counts, int index) {
        return counts.stream().mapToLong(pair -> pair[index]).toArray();
    }
}
