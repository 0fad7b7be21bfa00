package io.mldelivery.stats;

/**
 * Successes out of trials.
 *
 * @param successes 0 to {@code trials}
 * @param trials at least 1
 */
public record Proportion(long successes, long trials) {
    /** Refuses counts that are no proportion. */
    public Proportion {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException("no proportion: " + successes + " of " + trials);
        }
    }

    /** The share of successes, 0 to 1. */
    public double share() {
        return (double) successes / trials;
    }

    /** E. B. Wilson's score interval (1927). */
    public Interval wilson(double level) {
        double z = Tails.normalQuantile(0.5 + level / 2);
        double n = trials;
        double p = share();
        double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
        double half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
        double low = successes == 0 ? 0 : centre - half;
        double high = successes == trials ? 1 : centre + half;
        return new Interval(level, Math.max(0, low), Math.min(1, high));
    }

    /** Clopper and Pearson's exact interval (1934). */
    public Interval clopperPearson(double level) {
        double tail = (1 - level) / 2;
        double low = successes == 0 ? 0 : Tails.betaQuantile(tail, successes, trials - successes + 1.0);
        double high = successes == trials ? 1 : Tails.betaQuantile(1 - tail, successes + 1.0, trials - successes);
        return new Interval(level, low, high);
    }
}
