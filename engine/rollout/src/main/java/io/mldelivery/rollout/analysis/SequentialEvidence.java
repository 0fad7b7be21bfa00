package io.mldelivery.rollout.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Evidence against "the new version meets the limit", kept as an e-process: a quantity that starts at 1 and whose expected
 * value never exceeds 1 while the limit is met, so that by Ville's inequality it ever reaches 1/alpha with probability at
 * most alpha, however often one looks (Ramdas, Grünwald, Vovk, Shafer: Game-theoretic statistics and safe anytime-valid
 * inference, Statistical Science 2023).
 *
 * <p>It is a mixture over how bad the version may be (the alternatives) and over when it may have turned bad: a part of
 * the capital starts to play at once, the rest is put in little by little, as in a Shiryaev-Roberts procedure, so that a
 * long healthy past does not hide a late fault.
 *
 * @param running natural logarithm of the capital on each alternative
 * @param waiting capital that does not play yet
 * @param peak the highest natural logarithm of the whole capital so far
 */
public record SequentialEvidence(List<Double> running, double waiting, double peak) {
    /** Share of the capital that plays from the first request on. */
    static final double AT_ONCE = 0.3;
    /** After this many requests of the new version the fraction 1/e of the waiting capital still waits. */
    static final double MEMORY = 300;

    public SequentialEvidence {
        running = List.copyOf(running);
    }

    /** No evidence yet, against this many alternatives. */
    static SequentialEvidence none(int alternatives) {
        double each = Math.log(AT_ONCE / alternatives);
        return new SequentialEvidence(Collections.nCopies(alternatives, each), 1 - AT_ONCE, 0);
    }

    /**
     * Takes new data in.
     *
     * @param logLikelihoodRatios for each alternative, the logarithm of how much likelier the data are under it
     * @param samples requests of the new version that the data stem from
     */
    SequentialEvidence update(double[] logLikelihoodRatios, long samples) {
        double joining = waiting * -Math.expm1(-samples / MEMORY);
        double joiningEach = Math.log(joining / running.size());
        List<Double> next = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            next.add(logSum(running.get(i), joiningEach) + logLikelihoodRatios[i]);
        }
        var updated = new SequentialEvidence(next, waiting - joining, peak);
        return new SequentialEvidence(next, updated.waiting, Math.max(peak, updated.logarithm()));
    }

    /** Natural logarithm of the evidence; 0 when there is none, negative when the data speak for the version. */
    public double logarithm() {
        double sum = Math.log(waiting);
        for (double part : running) {
            sum = logSum(sum, part);
        }
        return sum;
    }

    /** A bound on the probability to ever see as much evidence as was seen, were the limit met. */
    public double pValue() {
        return Math.min(1, Math.exp(-peak));
    }

    private static double logSum(double a, double b) {
        double high = Math.max(a, b);
        return high == Double.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high));
    }
}
