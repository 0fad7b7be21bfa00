package io.mldelivery.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * McNemar's test (1947) of two classifiers on the same rows, from the rows on which they disagree.
 *
 * @param onlyFirst rows that only the first got right
 * @param onlySecond rows that only the second got right
 */
public record McNemar(long onlyFirst, long onlySecond) {
    /** Refuses negative counts. */
    public McNemar {
        if (onlyFirst < 0 || onlySecond < 0) {
            throw new IllegalArgumentException("negative counts: " + onlyFirst + ", " + onlySecond);
        }
    }

    /** The exact binomial test; the statistic is the smaller count. */
    public TestResult exact() {
        return new TestResult("mcnemar-exact", smaller(), Math.min(1, 2 * tail()));
    }

    /** The exact test less half the probability of the observed table (Fagerland, Lydersen, Laake 2013). */
    public TestResult midP() {
        double p = onlyFirst == onlySecond ? 1 - pointProbability() : 2 * tail() - pointProbability();
        return new TestResult("mcnemar-mid-p", smaller(), discordant() == 0 ? 1 : p);
    }

    /** The chi-square test with one degree of freedom, with or without Edwards' correction for continuity. */
    public TestResult chiSquare(boolean corrected) {
        double excess = Math.abs((double) onlyFirst - onlySecond) - (corrected ? 1 : 0);
        double statistic = discordant() == 0 ? 0 : excess * excess / discordant();
        String name = corrected ? "mcnemar-corrected" : "mcnemar";
        return new TestResult(name, statistic, Tails.chiSquareSurvival(statistic, 1));
    }

    private long discordant() {
        return onlyFirst + onlySecond;
    }

    private long smaller() {
        return Math.min(onlyFirst, onlySecond);
    }

    private double tail() {
        return discordant() == 0 ? 1 : binomial().cumulativeProbability(Math.toIntExact(smaller()));
    }

    private double pointProbability() {
        return discordant() == 0 ? 1 : binomial().probability(Math.toIntExact(smaller()));
    }

    private BinomialDistribution binomial() {
        return BinomialDistribution.of(Math.toIntExact(discordant()), 0.5);
    }
}
