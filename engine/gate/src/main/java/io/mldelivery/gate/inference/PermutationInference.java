package io.mldelivery.gate.inference;

import io.mldelivery.stats.Interval;
import io.mldelivery.stats.Moments;
import io.mldelivery.stats.Quantiles;
import io.mldelivery.stats.TestResult;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The mean of the rows' differences by swapping candidate and champion on random rows (R. A. Fisher, 1935): the sign
 * of each row's distance from the mean is drawn anew, 10,000 times, which is a permutation test of any shift.
 */
public final class PermutationInference implements Inference {
    private static final int SWAPS = 10_000;
    private static final long MOST_DRAWS = 2_000_000_000L;

    private final double mean;
    private final double[] sorted;
    private final double standardError;

    /** At least two differences, candidate minus champion; at most 2e9 divided by the swaps are drawn in full. */
    public PermutationInference(double[] differences, long seed) {
        Moments moments = Moments.of(differences);
        mean = moments.mean();
        standardError = moments.standardError();
        int swaps = (int) Math.max(200, Math.min(SWAPS, MOST_DRAWS / differences.length));
        double[] centred = Arrays.stream(differences).map(d -> d - mean).toArray();
        sorted = swapped(centred, swaps, new SplittableRandom(seed));
    }

    private static double[] swapped(double[] centred, int swaps, SplittableRandom random) {
        double[] means = new double[swaps];
        for (int s = 0; s < swaps; s++) {
            double sum = 0;
            long bits = 0;
            for (int i = 0; i < centred.length; i++) {
                bits = (i & 63) == 0 ? random.nextLong() : bits >>> 1;
                sum += (bits & 1) == 0 ? centred[i] : -centred[i];
            }
            means[s] = sum / centred.length;
        }
        Arrays.sort(means);
        return means;
    }

    @Override
    public double estimate() {
        return mean;
    }

    @Override
    public double standardError() {
        return standardError;
    }

    @Override
    public Interval interval(double level) {
        double low = Quantiles.linearSorted(sorted, (1 - level) / 2);
        double high = Quantiles.linearSorted(sorted, (1 + level) / 2);
        return new Interval(level, mean - high, mean - low);
    }

    @Override
    public double pValueAbove(double limit) {
        return (1 + Arrays.stream(sorted).filter(s -> s >= mean - limit).count()) / (sorted.length + 1.0);
    }

    @Override
    public double pValueBelow(double limit) {
        return (1 + Arrays.stream(sorted).filter(s -> s <= mean - limit).count()) / (sorted.length + 1.0);
    }

    @Override
    public TestResult test() {
        long extreme =
                Arrays.stream(sorted).filter(s -> Math.abs(s) >= Math.abs(mean)).count();
        return new TestResult("permutation", mean, (1 + extreme) / (sorted.length + 1.0));
    }
}
