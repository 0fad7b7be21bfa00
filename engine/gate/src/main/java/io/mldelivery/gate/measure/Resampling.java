package io.mldelivery.gate.measure;

import io.mldelivery.gate.inference.BootstrapInference;
import io.mldelivery.gate.measure.Measured.Value;
import io.mldelivery.gate.policy.PredictionColumns.Task;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.stats.Bootstrap;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The paired bootstrap of a metric's difference: rows are drawn with what both models say about them. Stratified by
 * class in binary classification, seeded.
 *
 * <p>Up to 5,000 rows every resample is measured anew. Beyond, a resample's difference is taken to first order (B. Efron),
 * from counts of rows with like contributions: see {@link FirstOrder}.
 */
public final class Resampling {
    private static final int EXACT_UP_TO = 5_000;
    private static final int REPLICATES = 2_000;

    private final EvaluationSet set;
    private final String metric;

    public Resampling(EvaluationSet set, String metric) {
        this.set = set;
        this.metric = metric;
    }

    /** Candidate minus champion, from 2,000 resamples. */
    public BootstrapInference infer(Estimate candidate, Estimate champion, long seed) {
        double[] contributions = candidate.contributionsToDifference(champion);
        double difference = candidate.value() - champion.value();
        var random = new SplittableRandom(seed);
        boolean rowsAreUnits = candidate.units() == set.rows();
        double[] replicates = rowsAreUnits && set.rows() <= EXACT_UP_TO
                ? exact(random)
                : firstOrder(difference, contributions, rowsAreUnits).draw(REPLICATES, random);
        return new BootstrapInference(difference, Bootstrap.acceleration(contributions), replicates);
    }

    /** What takes resamples of these rows to first order, as those of large sets are. */
    public FirstOrder firstOrder(Estimate candidate, Estimate champion) {
        return firstOrder(
                candidate.value() - champion.value(),
                candidate.contributionsToDifference(champion),
                candidate.units() == set.rows());
    }

    private FirstOrder firstOrder(double difference, double[] contributions, boolean rowsAreUnits) {
        return new FirstOrder(difference, contributions, rowsAreUnits ? strata() : new int[contributions.length]);
    }

    /** Each row's stratum: its class in binary classification. */
    private int[] strata() {
        return set.task() == Task.BINARY ? set.label() : new int[set.rows()];
    }

    /** The differences on resamples given by the indexes of their rows. */
    public double[] replicates(int[][] resamples) {
        return Arrays.stream(resamples).mapToDouble(this::onRows).toArray();
    }

    private double onRows(int[] rows) {
        double[] counts = new double[set.rows()];
        for (int row : rows) {
            counts[row]++;
        }
        return onCounts(counts);
    }

    private double onCounts(double[] counts) {
        for (int i = 0; i < counts.length && set.isWeighted(); i++) {
            counts[i] *= set.weight()[i];
        }
        EvaluationSet resampled = set.weighted(counts);
        Measured candidate = new Measures(resampled, set.candidate()).measure(metric);
        Measured champion = new Measures(resampled, set.champion().orElseThrow()).measure(metric);
        return candidate instanceof Value a && champion instanceof Value b
                ? a.estimate().value() - b.estimate().value()
                : Double.NaN;
    }

    private double[] exact(SplittableRandom random) {
        int[] strata = strata();
        int[][] members = IntStream.range(0, 2)
                .mapToObj(s -> IntStream.range(0, strata.length)
                        .filter(i -> strata[i] == s)
                        .toArray())
                .toArray(int[][]::new);
        double[] replicates = new double[REPLICATES];
        for (int r = 0; r < REPLICATES; r++) {
            double[] counts = new double[strata.length];
            for (int[] stratum : members) {
                for (int i = 0; i < stratum.length; i++) {
                    counts[stratum[random.nextInt(stratum.length)]]++;
                }
            }
            replicates[r] = onCounts(counts);
        }
        return replicates;
    }
}
