package io.mldelivery.drift.simulation;

import io.mldelivery.drift.measure.Novelty;
import io.mldelivery.drift.statistics.TestResult;
import io.mldelivery.stats.KolmogorovSmirnov;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The order in which the values of two samples of one continuous distribution lie: all orders are equally likely, whatever
 * the distribution. What depends on the order alone (the Kolmogorov-Smirnov statistic, its p-value, how many values lie
 * outside of the reference's range) has its exact distribution here, without values to draw and sort.
 *
 * @param distance the Kolmogorov-Smirnov statistic
 * @param below how many current values lie below all of the reference's
 * @param above how many lie above them
 */
record RandomOrder(int reference, int current, double distance, int below, int above) {

    /** Sample by sample, without branches that a processor cannot foresee: a mask says which sample the next value is of. */
    static RandomOrder draw(RandomGenerator random, int reference, int current) {
        long rows = (long) reference + current;
        long left = reference;
        long difference = 0;
        long largest = 0;
        long below = 0;
        long after = 0;
        for (long rest = rows; rest > 0; rest--) {
            long isReference = Double.doubleToRawLongBits(random.nextDouble() * rest - left) >> 63;
            left += isReference;
            difference += (isReference & rows) - reference;
            after = (after + 1) & ~isReference;
            below += left == reference ? 1 : 0;
            largest = Math.max(largest, Math.abs(difference));
        }
        double distance = (double) largest / ((double) reference * current);
        return new RandomOrder(reference, current, distance, (int) below, (int) after);
    }

    /** The test as the product makes it beyond 10,000 values a side. */
    TestResult test() {
        return new TestResult(distance, KolmogorovSmirnov.asymptoticPValue(distance, reference, current));
    }

    Novelty novelty() {
        double[] now = new double[current];
        Arrays.fill(now, 0, below, -1);
        Arrays.fill(now, current - above, current, 1);
        return Novelty.of(0, 0, reference, now);
    }
}
