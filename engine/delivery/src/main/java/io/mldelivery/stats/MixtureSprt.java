package io.mldelivery.stats;

/**
 * The mixture sequential probability ratio test of no difference, which may be looked at after every observation:
 * R. Johari, L. Pekelis, D. J. Walsh, "Always valid inference" (2015). Mixes over effects that are normal around zero
 * with variance τ².
 *
 * <p>Immutable: {@link #observe} returns the next state.
 *
 * @param tau2 the variance τ² of the effects worth finding, above 0
 * @param pValue the always-valid p-value so far, 1 at the start
 * @param lambda the likelihood ratio at the last observation
 */
public record MixtureSprt(double tau2, double pValue, double lambda) {
    /** Refuses a variance that is not positive. */
    public MixtureSprt {
        if (!(tau2 > 0)) {
            throw new IllegalArgumentException("the mixing variance must be positive, got " + tau2);
        }
    }

    /** The test before any observation. */
    public static MixtureSprt start(double tau2) {
        return new MixtureSprt(tau2, 1, 1);
    }

    /**
     * The likelihood ratio of the mixture against no difference.
     *
     * @param n pairs observed
     * @param difference the mean difference
     * @param variance the variance V of one pair's difference; 0 (nothing known yet) gives 1
     */
    public static double likelihoodRatio(double n, double difference, double variance, double tau2) {
        if (variance == 0) {
            return 1;
        }
        double spread = variance + n * tau2;
        return Math.sqrt(variance / spread)
                * Math.exp(n * n * tau2 * difference * difference / (2 * variance * spread));
    }

    /** The state after n pairs with this mean difference and variance; fewer than two pairs say nothing. */
    public MixtureSprt observe(long n, double difference, double variance) {
        double ratio = n < 2 ? 1 : likelihoodRatio(n, difference, variance, tau2);
        return new MixtureSprt(tau2, Math.min(pValue, Math.min(1, 1 / ratio)), ratio);
    }

    /** As {@link #observe}, for two arms of n requests each, from their shares of successes. */
    public MixtureSprt observeShares(long n, double shareA, double shareB) {
        return observe(n, shareB - shareA, shareA * (1 - shareA) + shareB * (1 - shareB));
    }

    /** The confidence interval at this n, valid at every n at once. */
    public static Interval interval(double n, double difference, double variance, double tau2, double level) {
        double spread = variance + n * tau2;
        double logs = 2 * Math.log(1 / (1 - level)) - Math.log(variance / spread);
        double half = Math.sqrt(variance * spread / (n * n * tau2) * logs);
        return new Interval(level, difference - half, difference + half);
    }
}
