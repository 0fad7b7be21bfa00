package io.mldelivery.drift.statistics;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A sample of numbers, remembered by exact counts at chosen values ("marks"): how many values lie below each mark and how
 * many are equal to it. The marks are the deciles, which are exact, and percentiles rounded to a few digits (the counts
 * belong to the rounded mark, so rounding costs no exactness). A sample of at most {@value #FEW} different values is
 * remembered completely.
 *
 * <p>Treat the arrays as read-only: they are not copied.
 *
 * @param values ascending
 * @param below how many values of the sample are smaller than the mark
 * @param equal how many are equal to it
 * @param deciles the sample's deciles, equal ones merged; each is one of {@code values}
 * @param complete whether every value of the sample is a mark
 */
public record Marks(double[] values, long[] below, long[] equal, double[] deciles, long size, boolean complete) {
    /** Up to so many different values, all are remembered. */
    public static final int FEW = 100;

    private static final int PARTS = 100;

    /** Summarizes a sample in ascending order, at least one value. */
    public static Marks of(double[] sorted) {
        NumericPair pair = NumericPair.of(sorted, new double[0]);
        Quantiles quantiles = pair.referenceQuantiles();
        double[] deciles = quantiles.edges(10);
        boolean complete = pair.size() <= FEW;
        double[] values = complete
                ? DoubleStream.of(sorted).distinct().toArray()
                : DoubleStream.concat(
                                Arrays.stream(quantiles.edges(PARTS)).map(value -> (float) value),
                                Arrays.stream(deciles))
                        .filter(Double::isFinite)
                        .sorted()
                        .distinct()
                        .toArray();
        double[] all = complete ? union(values, deciles) : values;
        return counting(all, sorted, deciles, complete);
    }

    /** Remembers completely a sample of which every value's count is known: the pair's reference, at least one value. */
    public static Marks of(NumericPair pair) {
        double[] deciles = pair.referenceQuantiles().edges(10);
        double[] occurring = IntStream.range(0, pair.size())
                .filter(i -> pair.reference(i) > 0)
                .mapToDouble(pair::value)
                .toArray();
        double[] values = union(occurring, deciles);
        long[] below = new long[values.length];
        long[] equal = new long[values.length];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            below[i] = i == 0 ? 0 : below[i - 1] + equal[i - 1];
            while (next < pair.size() && pair.value(next) <= values[i]) {
                equal[i] += pair.value(next) == values[i] ? pair.reference(next) : 0;
                next++;
            }
        }
        return new Marks(values, below, equal, deciles, pair.referenceSize(), true);
    }

    private static double[] union(double[] values, double[] more) {
        return DoubleStream.concat(Arrays.stream(values), Arrays.stream(more))
                .sorted()
                .distinct()
                .toArray();
    }

    private static Marks counting(double[] values, double[] sorted, double[] deciles, boolean complete) {
        long[] below = new long[values.length];
        long[] equal = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            below[i] = firstAtLeast(sorted, values[i]);
            equal[i] = firstAtLeast(sorted, Math.nextUp(values[i])) - below[i];
        }
        return new Marks(values, below, equal, deciles, sorted.length, complete);
    }

    /** The same marks with the counts of another sample, in ascending order. */
    public Marks countedIn(double[] sorted) {
        return counting(values, sorted, deciles, false);
    }

    private static int firstAtLeast(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The distribution function just below a mark. */
    double shareBelow(int mark) {
        return (double) below[mark] / size;
    }

    /** The distribution function at a mark. */
    double shareUpTo(int mark) {
        return (double) (below[mark] + equal[mark]) / size;
    }

    /** The distribution function between marks, by linear interpolation; for pictures. */
    public double shareBelow(double value) {
        int next = 0;
        while (next < values.length && values[next] < value) {
            next++;
        }
        if (next == 0) {
            return 0;
        }
        if (next == values.length) {
            return 1;
        }
        double left = shareUpTo(next - 1);
        double right = shareBelow(next);
        return left + (right - left) * (value - values[next - 1]) / (values[next] - values[next - 1]);
    }

    /** The value below which this share (0 to 1) lies, by linear interpolation between marks; for pictures. */
    public double quantile(double share) {
        int next = 0;
        while (next < values.length - 1 && shareUpTo(next) < share) {
            next++;
        }
        if (next == 0 || shareBelow(next) <= share) {
            return values[next];
        }
        double low = shareUpTo(next - 1);
        return values[next - 1] + (values[next] - values[next - 1]) * (share - low) / (shareBelow(next) - low);
    }

    /** The counts in the bins between the deciles; outer bins are open. */
    CategoryPair decileBins(Marks other) {
        Bins bins = Bins.between(deciles);
        return new CategoryPair(bins.labels(), inDeciles(bins.count()), other.inDeciles(bins.count()));
    }

    private long[] inDeciles(int bins) {
        long[] counts = new long[bins];
        long before = 0;
        for (int bin = 0; bin < bins; bin++) {
            long upTo = bin == bins - 1 ? size : below[Arrays.binarySearch(values, deciles[bin + 1])];
            counts[bin] = upTo - before;
            before = upTo;
        }
        return counts;
    }
}
