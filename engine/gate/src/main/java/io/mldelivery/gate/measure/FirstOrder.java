package io.mldelivery.gate.measure;

import io.mldelivery.stats.Bootstrap;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A metric's difference on resamples, taken to first order: the estimate plus the drawn rows' contributions, which
 * leaves out an error of order 1/rows. Contributions are gathered in 4,096 bins a stratum, so that a resample costs the
 * same for any number of rows.
 */
public final class FirstOrder {
    private static final int BINS = 4_096;

    private final double difference;
    private final double[] contributions;
    private final int[] strata;
    private final Histogram[] histograms;

    /**
     * Gathers contributions.
     *
     * @param difference on the rows themselves
     * @param contributions of each row to it
     * @param strata each row's stratum, from 0; as many rows are drawn from each as it has
     */
    public FirstOrder(double difference, double[] contributions, int[] strata) {
        this.difference = difference;
        this.contributions = contributions;
        this.strata = strata;
        int last = Arrays.stream(strata).max().orElse(0);
        this.histograms = IntStream.rangeClosed(0, last)
                .mapToObj(stratum -> Histogram.of(members(stratum), BINS))
                .toArray(Histogram[]::new);
    }

    private double[] members(int stratum) {
        return IntStream.range(0, strata.length)
                .filter(i -> strata[i] == stratum)
                .mapToDouble(i -> contributions[i])
                .toArray();
    }

    /** The differences on resamples whose bins' counts are drawn from Poisson distributions (N. Chamandy et al. 2012). */
    double[] draw(int replicates, SplittableRandom random) {
        double[] drawn = new double[replicates];
        Arrays.fill(drawn, difference);
        for (Histogram histogram : histograms) {
            for (int r = 0; r < replicates; r++) {
                double[] counts = new double[histogram.bins()];
                for (int b = 0; b < counts.length; b++) {
                    counts[b] = Poisson.next(histogram.count(b), random);
                }
                drawn[r] += shift(histogram, counts);
            }
        }
        return drawn;
    }

    /** The acceleration of Efron's intervals, from the contributions. */
    public double acceleration() {
        return Bootstrap.acceleration(contributions);
    }

    /** The difference on a resample given by how often each row was drawn. */
    public double ofCounts(double[] counts) {
        double[][] binned = Arrays.stream(histograms)
                .map(histogram -> new double[histogram.bins()])
                .toArray(double[][]::new);
        for (int i = 0; i < counts.length; i++) {
            int stratum = strata[i];
            binned[stratum][histograms[stratum].bin(contributions[i])] += counts[i];
        }
        double value = difference;
        for (int s = 0; s < histograms.length; s++) {
            value += shift(histograms[s], binned[s]);
        }
        return value;
    }

    /** The sum of a stratum's resample, brought to the stratum's size, less the stratum's own sum. */
    private static double shift(Histogram histogram, double[] counts) {
        double sum = 0;
        double drawn = 0;
        for (int b = 0; b < counts.length; b++) {
            drawn += counts[b];
            sum += counts[b] * histogram.mean(b);
        }
        return drawn == 0 ? 0 : sum * histogram.rows() / drawn - histogram.total();
    }
}
