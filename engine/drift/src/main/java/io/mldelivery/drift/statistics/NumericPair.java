package io.mldelivery.drift.statistics;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The finite values of a numeric column in both samples: distinct values in ascending order, and how often each stands
 * in the reference and in the current sample.
 *
 * <p>Treat the arrays as read-only: they are not copied.
 */
public final class NumericPair {
    private final double[] values;
    private final long[] reference;
    private final long[] current;
    private final long referenceSize;
    private final long currentSize;

    /** Takes over the three arrays, which are of one length; {@code values} ascends strictly. */
    public NumericPair(double[] values, long[] reference, long[] current) {
        if (values.length != reference.length || values.length != current.length) {
            throw new IllegalArgumentException(
                    "lengths differ: " + values.length + ", " + reference.length + ", " + current.length);
        }
        this.values = values;
        this.reference = reference;
        this.current = current;
        this.referenceSize = Arrays.stream(reference).sum();
        this.currentSize = Arrays.stream(current).sum();
    }

    /** Merges two samples of finite values, each in ascending order. */
    public static NumericPair of(double[] reference, double[] current) {
        int distinct = merge(reference, current, null, null, null);
        double[] values = new double[distinct];
        long[] left = new long[distinct];
        long[] right = new long[distinct];
        merge(reference, current, values, left, right);
        return new NumericPair(values, left, right);
    }

    /** Merges a sample that is remembered completely with one whose values are at hand, in ascending order. */
    public static NumericPair of(Marks reference, double[] current) {
        if (!reference.complete()) {
            throw new IllegalArgumentException("values between the marks are not known");
        }
        NumericPair sample = of(new double[0], current);
        double[] values = DoubleStream.concat(Arrays.stream(reference.values()), Arrays.stream(sample.values))
                .sorted()
                .distinct()
                .toArray();
        long[] left = new long[values.length];
        long[] right = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            int mark = Arrays.binarySearch(reference.values(), values[i]);
            int own = Arrays.binarySearch(sample.values, values[i]);
            left[i] = mark < 0 ? 0 : reference.equal()[mark];
            right[i] = own < 0 ? 0 : sample.current[own];
        }
        return new NumericPair(values, left, right).withoutAbsent();
    }

    /** The same counts without the values that occur in neither sample. */
    private NumericPair withoutAbsent() {
        int[] kept = IntStream.range(0, values.length)
                .filter(i -> reference[i] + current[i] > 0)
                .toArray();
        return new NumericPair(
                IntStream.of(kept).mapToDouble(i -> values[i]).toArray(),
                IntStream.of(kept).mapToLong(i -> reference[i]).toArray(),
                IntStream.of(kept).mapToLong(i -> current[i]).toArray());
    }

    /** Counts the distinct values; fills the arrays unless they are null. */
    private static int merge(double[] a, double[] b, double[] values, long[] left, long[] right) {
        int i = 0;
        int j = 0;
        int k = 0;
        while (i < a.length || j < b.length) {
            double value = j == b.length || i < a.length && a[i] <= b[j] ? a[i] : b[j];
            int fromA = i;
            int fromB = j;
            while (i < a.length && a[i] == value) {
                i++;
            }
            while (j < b.length && b[j] == value) {
                j++;
            }
            if (values != null) {
                values[k] = value;
                left[k] = i - fromA;
                right[k] = j - fromB;
            }
            k++;
        }
        return k;
    }

    /** The number of distinct values of both samples together. */
    public int size() {
        return values.length;
    }

    public double value(int index) {
        return values[index];
    }

    public long reference(int index) {
        return reference[index];
    }

    public long current(int index) {
        return current[index];
    }

    /** How many values the reference sample has. */
    public long referenceSize() {
        return referenceSize;
    }

    /** How many values the current sample has. */
    public long currentSize() {
        return currentSize;
    }

    /** How many different values the reference sample has. */
    public int referenceDistinct() {
        return (int) Arrays.stream(reference).filter(count -> count > 0).count();
    }

    /** How many different values the current sample has. */
    public int currentDistinct() {
        return (int) Arrays.stream(current).filter(count -> count > 0).count();
    }

    /** Whether the values are 0 and 1 and no others, both of them occurring. */
    public boolean isTruth() {
        return values.length == 2 && values[0] == 0 && values[1] == 1;
    }

    /** Mean and spread of the reference sample. */
    public Moments referenceMoments() {
        return Moments.of(values, reference);
    }

    /** Mean and spread of the current sample. */
    public Moments currentMoments() {
        return Moments.of(values, current);
    }

    /** The quantiles of the reference sample. */
    public Quantiles referenceQuantiles() {
        return new Quantiles(values, reference);
    }

    /** The quantiles of the current sample. */
    public Quantiles currentQuantiles() {
        return new Quantiles(values, current);
    }

    /** The counts in bins; {@link Bins} says which bin a value belongs to. */
    public CategoryPair binned(Bins bins) {
        long[] left = new long[bins.count()];
        long[] right = new long[bins.count()];
        for (int i = 0; i < values.length; i++) {
            int bin = bins.of(values[i]);
            left[bin] += reference[i];
            right[bin] += current[i];
        }
        return new CategoryPair(bins.labels(), left, right);
    }

    /** The counts of each distinct value, taken as a category. */
    public CategoryPair asCategories() {
        return new CategoryPair(
                Arrays.stream(values).mapToObj(NumericPair::label).toList(), reference, current);
    }

    static String label(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    /** The values of one sample in ascending order, repeated as often as they occur. */
    double[] expanded(boolean ofReference) {
        long[] counts = ofReference ? reference : current;
        double[] all = new double[Math.toIntExact(ofReference ? referenceSize : currentSize)];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            Arrays.fill(all, next, next + (int) counts[i], values[i]);
            next += (int) counts[i];
        }
        return all;
    }
}
