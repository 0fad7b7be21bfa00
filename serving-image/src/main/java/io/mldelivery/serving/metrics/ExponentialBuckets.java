package io.mldelivery.serving.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * The buckets of a Prometheus native histogram of schema 3: bucket i holds what is above 2^((i-1)/8) and at most 2^(i/8),
 * so each is 9 % wider than the one before. From a microsecond to a quarter of an hour, where the unit is seconds; what
 * is smaller counts as zero, what is larger into the last. Safe for any number of threads, never blocks.
 */
final class ExponentialBuckets {

    static final int SCHEMA = 3;
    private static final int PER_DOUBLING = 1 << SCHEMA;
    private static final int LOWEST = -20 * PER_DOUBLING + 1;
    private static final int HIGHEST = 10 * PER_DOUBLING;
    private static final double PER_LN = PER_DOUBLING / Math.log(2);

    private final LongAdder zero = new LongAdder();
    private final LongAdder[] counts = new LongAdder[HIGHEST - LOWEST + 1];

    ExponentialBuckets() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** The upper bound of what counts as zero. */
    static double zeroThreshold() {
        return Math.pow(2, (LOWEST - 1) / (double) PER_DOUBLING);
    }

    static int index(double value) {
        return (int) Math.ceil(Math.log(value) * PER_LN);
    }

    void observe(double value) {
        if (value <= zeroThreshold()) {
            zero.increment();
        } else {
            counts[Math.min(index(value), HIGHEST) - LOWEST].increment();
        }
    }

    long zeros() {
        return zero.sum();
    }

    int lowest() {
        return LOWEST;
    }

    /** Counts of all buckets from {@link #lowest} on. */
    long[] counts() {
        long[] now = new long[counts.length];
        for (int i = 0; i < now.length; i++) {
            now[i] = counts[i].sum();
        }
        return now;
    }
}
