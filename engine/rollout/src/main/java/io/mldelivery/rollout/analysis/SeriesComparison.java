package io.mldelivery.rollout.analysis;

import io.mldelivery.model.Outcome;
import java.util.Arrays;
import java.util.Random;

/**
 * Compares two small series of values, such as one value a minute of each version: is the mean worse (one-sided permutation
 * test), and has the shape changed (permutation test on the Kolmogorov-Smirnov distance)? Permutations are enumerated where
 * there are at most {@value #MOST_EXACT}, else drawn with a fixed seed. No assumption on how the values are distributed but
 * that, were the versions equal, they could be exchanged.
 */
public final class SeriesComparison {
    private static final long MOST_EXACT = 200_000;
    private static final int DRAWS = 20_000;
    /** From here on a difference is suspicious: not proved, yet no reason to go on. */
    private static final double SUSPICIOUS = 0.1;

    private final double[] all;
    private final int fresh;

    private SeriesComparison(double[] fresh, double[] old, boolean higherIsWorse) {
        this.fresh = fresh.length;
        this.all = new double[fresh.length + old.length];
        for (int i = 0; i < all.length; i++) {
            double value = i < fresh.length ? fresh[i] : old[i - fresh.length];
            all[i] = higherIsWorse ? value : -value;
        }
    }

    /**
     * What a comparison says.
     *
     * @param worse one-sided p-value of "the mean is not worse"
     * @param shape p-value of "both have the same distribution"
     * @param distance the Kolmogorov-Smirnov distance
     */
    public record Result(double worse, double shape, double distance) {
        static final Result NONE = new Result(1, 1, 0);

        /** With this error rate for calling an equal version worse. */
        public Outcome outcome(double alpha) {
            if (worse <= alpha) {
                return Outcome.FAIL;
            }
            return worse <= SUSPICIOUS || shapeChanged() ? Outcome.INCONCLUSIVE : Outcome.PASS;
        }

        /** Whether the values seem to be distributed otherwise, be it better or worse. */
        public boolean shapeChanged() {
            return shape <= SUSPICIOUS;
        }
    }

    /** @param higherIsWorse otherwise lower is */
    public static Result compare(double[] fresh, double[] old, boolean higherIsWorse) {
        if (fresh.length == 0 || old.length == 0) {
            return Result.NONE;
        }
        return new SeriesComparison(fresh, old, higherIsWorse).result();
    }

    private Result result() {
        double sum = 0;
        boolean[] mine = new boolean[all.length];
        for (int i = 0; i < fresh; i++) {
            sum += all[i];
            mine[i] = true;
        }
        Integer[] order = order();
        double distance = distance(order, mine);
        long[] hits = new long[3]; // permutations; with such a sum; with such a distance
        if (permutations() <= MOST_EXACT) {
            enumerate(new boolean[all.length], 0, fresh, new Observed(sum, distance, order), hits);
        } else {
            draw(new Observed(sum, distance, order), hits);
        }
        return new Result(hits[1] / (double) hits[0], hits[2] / (double) hits[0], distance);
    }

    private record Observed(double sum, double distance, Integer[] order) {}

    private double permutations() {
        double count = 1;
        for (int i = 1; i <= fresh && count <= MOST_EXACT; i++) {
            count = count * (all.length - fresh + i) / i;
        }
        return count;
    }

    private void enumerate(boolean[] mine, int at, int left, Observed observed, long[] hits) {
        if (left == 0) {
            count(mine, observed, hits);
            return;
        }
        if (all.length - at < left) {
            return;
        }
        mine[at] = true;
        enumerate(mine, at + 1, left - 1, observed, hits);
        mine[at] = false;
        enumerate(mine, at + 1, left, observed, hits);
    }

    /** The observed one counts too, so that the p-value is valid (Phipson and Smyth 2010). */
    private void draw(Observed observed, long[] hits) {
        Arrays.fill(hits, 1);
        var random = new Random(20_211);
        int[] indices = new int[all.length];
        Arrays.setAll(indices, i -> i);
        for (int draw = 0; draw < DRAWS; draw++) {
            boolean[] mine = new boolean[all.length];
            for (int i = 0; i < fresh; i++) {
                int other = i + random.nextInt(all.length - i);
                int kept = indices[i];
                indices[i] = indices[other];
                indices[other] = kept;
                mine[indices[i]] = true;
            }
            count(mine, observed, hits);
        }
    }

    private void count(boolean[] mine, Observed observed, long[] hits) {
        double sum = 0;
        for (int i = 0; i < all.length; i++) {
            sum += mine[i] ? all[i] : 0;
        }
        hits[0]++;
        hits[1] += sum >= observed.sum() - tolerance(observed.sum()) ? 1 : 0;
        hits[2] += distance(observed.order(), mine) >= observed.distance() - 1e-12 ? 1 : 0;
    }

    private static double tolerance(double sum) {
        return 1e-12 * Math.max(1, Math.abs(sum));
    }

    private Integer[] order() {
        Integer[] order = new Integer[all.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(all[a], all[b]));
        return order;
    }

    private double distance(Integer[] order, boolean[] mine) {
        double most = 0;
        double step = 0;
        for (int i = 0; i < order.length; i++) {
            step += mine[order[i]] ? 1.0 / fresh : -1.0 / (order.length - fresh);
            boolean tied = i + 1 < order.length && all[order[i]] == all[order[i + 1]];
            most = tied ? most : Math.max(most, Math.abs(step));
        }
        return most;
    }
}
