package io.mldelivery.rollout.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * A group-sequential test of two success rates whose largest number of requests is known: exact, with an error-spending
 * function (Lan and DeMets, Biometrika 1983), here linear in the new version's requests. Given how many requests failed in a
 * look, how many of them are the new version's is hypergeometric when both versions are equally good; so the distribution of
 * their running sum among the paths that have crossed no boundary so far is known exactly, and each look's boundary is the
 * lowest that spends no more than may have been spent by then.
 *
 * @param seen requests of the new version so far
 * @param failures the new version's failed requests so far
 * @param first the least sum in {@code density}
 * @param density probability of each sum, together with having crossed no boundary, when both versions are equally good
 * @param spent probability of having crossed one, when both versions are equally good
 * @param crossed whether the boundary has been crossed
 */
public record SpendingPath(long seen, long failures, long first, List<Double> density, double spent, boolean crossed) {
    static final SpendingPath START = new SpendingPath(0, 0, 0, List.of(1.0), 0, false);
    private static final double NEGLIGIBLE = 1e-15;

    public SpendingPath {
        density = List.copyOf(density);
    }

    /**
     * Takes one look's counts in.
     *
     * @param alpha what may have been spent when {@code maximum} requests of the new version have been seen
     */
    SpendingPath update(VersionCounts fresh, VersionCounts old, double alpha, long maximum) {
        long seenNow = seen + fresh.requests();
        if (crossed || seen >= maximum) {
            return new SpendingPath(seenNow, failures + fresh.failures(), first, density, spent, crossed);
        }
        long bad = fresh.failures() + old.failures();
        double[] split = bad == 0 || fresh.requests() == 0 || old.requests() == 0
                ? null
                : TwoProportions.split(fresh.requests(), old.requests(), bad);
        if (split == null) {
            return new SpendingPath(seenNow, failures + comparable(fresh, old), first, density, spent, false);
        }
        double[] sums = convolve(split);
        long least = first + Math.max(0, bad - old.requests());
        return bounded(
                seenNow, failures + fresh.failures(), least, sums, alpha * Math.min(1, seenNow / (double) maximum));
    }

    /** Failures in a look without the other version's requests compare with nothing. */
    private static long comparable(VersionCounts fresh, VersionCounts old) {
        return old.requests() == 0 ? 0 : fresh.failures();
    }

    private double[] convolve(double[] split) {
        double[] sums = new double[density.size() + split.length - 1];
        for (int i = 0; i < density.size(); i++) {
            for (int j = 0; j < split.length; j++) {
                sums[i + j] += density.get(i) * split[j];
            }
        }
        return sums;
    }

    private SpendingPath bounded(long seenNow, long sum, long least, double[] sums, double allowed) {
        double tail = 0;
        int boundary = sums.length;
        while (boundary > 0 && spent + tail + sums[boundary - 1] <= allowed) {
            boundary--;
            tail += sums[boundary];
        }
        boolean crosses = sum >= least + boundary;
        int from = 0;
        while (from < boundary - 1 && sums[from] < NEGLIGIBLE) {
            from++;
        }
        List<Double> kept = new ArrayList<>();
        for (int i = from; i < boundary; i++) {
            kept.add(sums[i]);
        }
        return new SpendingPath(seenNow, sum, least + from, kept, spent + tail, crosses);
    }
}
