package io.mldelivery.stats;

import java.util.Arrays;

/** Sample quantiles by linear interpolation: numpy's default, R's type 7. */
public final class Quantiles {
    private Quantiles() {}

    /** The quantile of an unsorted sample without NaN, at least one value; probability in [0, 1]. */
    public static double linear(double[] sample, double probability) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return linearSorted(sorted, probability);
    }

    /** As {@link #linear}, of a sample that is sorted already. */
    public static double linearSorted(double[] sorted, double probability) {
        if (sorted.length == 0 || !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("no quantile " + probability + " of " + sorted.length + " values");
        }
        double position = probability * (sorted.length - 1);
        int below = (int) Math.floor(position);
        double share = position - below;
        if (share == 0) {
            return sorted[below];
        }
        double low = sorted[below];
        double high = sorted[below + 1];
        return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
    }
}
