package io.mldelivery.stats;

/** The order of the values of an array, without boxing: a radix sort of their bits. */
public final class Order {
    private static final int BITS = 11;
    private static final int BUCKETS = 1 << BITS;
    private static final int PASSES = 6;

    private Order() {}

    /**
     * The indexes of the values from smallest to largest, equal ones by index; −0 counts as 0, NaN comes last. Takes
     * time proportional to the length and memory of 24 bytes a value while sorting.
     */
    public static int[] ascending(double[] values) {
        int n = values.length;
        long[] keys = new long[n];
        int[][] counts = new int[PASSES][BUCKETS];
        for (int i = 0; i < n; i++) {
            long key = key(values[i]);
            keys[i] = key;
            for (int pass = 0; pass < PASSES; pass++) {
                counts[pass][digit(key, pass)]++;
            }
        }
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        return sorted(keys, order, counts);
    }

    private static int[] sorted(long[] keys, int[] order, int[][] counts) {
        int[] from = order;
        int[] to = new int[from.length];
        for (int pass = 0; pass < PASSES; pass++) {
            if (starts(counts[pass], from.length)) {
                for (int index : from) {
                    to[counts[pass][digit(keys[index], pass)]++] = index;
                }
                int[] swap = from;
                from = to;
                to = swap;
            }
        }
        return from;
    }

    /** Turns counts into start positions; false when one bucket holds everything and the pass would change nothing. */
    private static boolean starts(int[] counts, int total) {
        int position = 0;
        boolean spread = true;
        for (int i = 0; i < counts.length; i++) {
            int count = counts[i];
            spread &= count != total;
            counts[i] = position;
            position += count;
        }
        return spread;
    }

    private static int digit(long key, int pass) {
        return (int) (key >>> (pass * BITS)) & (BUCKETS - 1);
    }

    /** Bits whose unsigned order is the order of the numbers. */
    private static long key(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }
}
