package io.mldelivery.drift.measure;

import io.mldelivery.drift.statistics.CategoryPair;
import io.mldelivery.stats.Tails;

/**
 * How many current values are of a kind that the reference has not seen: a new category, or a number outside of its range.
 *
 * @param unseen how many
 * @param of among so many current values
 * @param expected the share to be expected of unchanged data
 * @param pValue of so many or more in unchanged data
 */
public record Novelty(long unseen, long of, double expected, double pValue) {

    /**
     * New categories. Of unchanged data as many are to be expected as the reference has categories that occur once
     * (Good and Turing); the test is that of two proportions.
     */
    public static Novelty of(CategoryPair pair) {
        long unseen = 0;
        long single = 0;
        for (int i = 0; i < pair.size(); i++) {
            unseen += pair.reference(i) == 0 ? pair.current(i) : 0;
            single += pair.reference(i) == 1 ? 1 : 0;
        }
        double n = pair.referenceSize();
        double m = pair.currentSize();
        double pooled = (single + unseen) / (n + m);
        double error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
        double difference = unseen / m - single / n;
        double pValue = error > 0 ? Tails.normalSurvival(difference / error) : difference > 0 ? 0 : 1;
        return new Novelty(unseen, pair.currentSize(), single / n, pValue);
    }

    /**
     * Numbers outside of the reference's range. When both samples come from one distribution, all orders are equally
     * likely, and the number of current values beyond both extremes has about the tail q^k · (1 + k · (1 - q)) with q the
     * current sample's part of both.
     *
     * @param current ascending
     */
    public static Novelty of(double min, double max, long referenceSize, double[] current) {
        int below = 0;
        while (below < current.length && current[below] < min) {
            below++;
        }
        int above = 0;
        while (above < current.length - below && current[current.length - 1 - above] > max) {
            above++;
        }
        double k = below + above;
        double q = (double) current.length / (current.length + referenceSize);
        double pValue = Math.min(1, Math.exp(k * Math.log(q)) * (1 + k * (1 - q)));
        return new Novelty(below + above, current.length, Math.min(1, 2.0 / (referenceSize + 1)), pValue);
    }

    /** The share of current values, 0 to 1. */
    public double share() {
        return of == 0 ? 0 : (double) unseen / of;
    }
}
