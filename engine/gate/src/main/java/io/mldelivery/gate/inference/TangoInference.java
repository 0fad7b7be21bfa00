package io.mldelivery.gate.inference;

import io.mldelivery.stats.Alternative;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.McNemar;
import io.mldelivery.stats.Tails;
import io.mldelivery.stats.TestResult;

/**
 * The difference of two shares on the same rows by T. Tango's score interval (1998), which holds for few and for no
 * disagreements; tested by McNemar's mid-p or exact test.
 *
 * @param counts rows that only the candidate, and only the champion, got right
 * @param rows all rows
 * @param exact whether McNemar's exact test stands for the mid-p test
 */
public record TangoInference(McNemar counts, long rows, boolean exact) implements Inference {
    @Override
    public double estimate() {
        return (double) (counts.onlyFirst() - counts.onlySecond()) / rows;
    }

    @Override
    public double standardError() {
        double discordant = (double) (counts.onlyFirst() + counts.onlySecond()) / rows;
        return Math.sqrt(Math.max(0, discordant - estimate() * estimate()) / rows);
    }

    @Override
    public Interval interval(double level) {
        double critical = Tails.normalQuantile(0.5 + level / 2);
        return new Interval(level, solve(critical, -1, estimate()), solve(-critical, estimate(), 1));
    }

    /** The difference at which the score statistic, which falls as the difference grows, equals z. */
    private double solve(double z, double low, double high) {
        double from = low;
        double to = high;
        for (int i = 0; i < 200 && to - from > 1e-15; i++) {
            double middle = (from + to) / 2;
            if (score(middle) > z) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return (from + to) / 2;
    }

    /** Tango's statistic: the excess over the difference, divided by its error if the difference were true. */
    private double score(double difference) {
        double n = rows;
        double excess = counts.onlyFirst() - counts.onlySecond() - n * difference;
        double variance = n * (2 * shareOnlySecond(difference) + difference * (1 - difference));
        return excess == 0 ? 0 : excess / Math.sqrt(Math.max(variance, 0));
    }

    /** The likeliest share of rows that only the champion gets right, given the difference. */
    private double shareOnlySecond(double difference) {
        double n = rows;
        double b = counts.onlyFirst();
        double c = counts.onlySecond();
        double linear = -b - c + (2 * n - b + c) * difference;
        double constant = -c * difference * (1 - difference);
        return (Math.sqrt(Math.max(0, linear * linear - 8 * n * constant)) - linear) / (4 * n);
    }

    @Override
    public double pValueAbove(double limit) {
        return Alternative.GREATER.pValue(score(limit));
    }

    @Override
    public double pValueBelow(double limit) {
        return Alternative.LESS.pValue(score(limit));
    }

    @Override
    public TestResult test() {
        return exact ? counts.exact() : counts.midP();
    }

    @Override
    public boolean isDegenerate() {
        return false; // the score interval has a width even without disagreement
    }
}
