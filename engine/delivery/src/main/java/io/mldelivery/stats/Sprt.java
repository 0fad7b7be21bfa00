package io.mldelivery.stats;

/**
 * A. Wald's sequential probability ratio test (1945) of a failure rate: is it p0 or p1? Immutable: {@link #observe}
 * returns the next state, which no longer changes once decided.
 *
 * @param p0 the acceptable rate
 * @param p1 the rate to find, other than p0
 * @param alpha the chance to decide for p1 though p0 holds
 * @param beta the chance to decide for p0 though p1 holds
 * @param logRatio the logarithm of the likelihood ratio so far
 * @param observations how many were seen up to the decision
 * @param decision what is decided
 */
public record Sprt(
        double p0, double p1, double alpha, double beta, double logRatio, long observations, Decision decision) {
    /** Where the test stands. */
    public enum Decision {
        /** Neither bound is reached. */
        CONTINUE,
        /** The rate is p0. */
        ACCEPT_H0,
        /** The rate is p1. */
        ACCEPT_H1
    }

    /** Refuses rates outside (0, 1). */
    public Sprt {
        if (!inside(p0) || !inside(p1) || !inside(alpha) || !inside(beta) || p0 == p1) {
            throw new IllegalArgumentException("no test of " + p0 + " against " + p1 + " at " + alpha + ", " + beta);
        }
    }

    private static boolean inside(double rate) {
        return rate > 0 && rate < 1;
    }

    /** The test before any observation. */
    public static Sprt start(double p0, double p1, double alpha, double beta) {
        return new Sprt(p0, p1, alpha, beta, 0, 0, Decision.CONTINUE);
    }

    /** The log ratio from which on p1 is accepted. */
    public double upper() {
        return Math.log((1 - beta) / alpha);
    }

    /** The log ratio up to which p0 is accepted. */
    public double lower() {
        return Math.log(beta / (1 - alpha));
    }

    /** The state after one more observation. */
    public Sprt observe(boolean failure) {
        if (decision != Decision.CONTINUE) {
            return this;
        }
        double ratio = logRatio + (failure ? Math.log(p1 / p0) : Math.log((1 - p1) / (1 - p0)));
        Decision next =
                ratio >= upper() ? Decision.ACCEPT_H1 : ratio <= lower() ? Decision.ACCEPT_H0 : Decision.CONTINUE;
        return new Sprt(p0, p1, alpha, beta, ratio, observations + 1, next);
    }
}
