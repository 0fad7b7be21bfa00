package io.mldelivery.rollout.analysis;

import java.util.List;

/**
 * Is the new version at most so many times slower than the old one? Tests stochastic order: for every bucket bound b, the
 * share of new requests above ratio × b must not exceed the share of old requests above b. The evidence at the bounds is
 * averaged, which keeps it valid.
 */
record LatencyAgainstOld(double quantile, double ratio) implements Check {
    @Override
    public String name() {
        return "latency against old";
    }

    @Override
    public boolean againstOld() {
        return true;
    }

    @Override
    public SequentialEvidence update(AnalysisState past, VersionCounts candidate, VersionCounts stable) {
        LatencyCounts fresh = candidate.latency();
        LatencyCounts old = stable.latency();
        return past.of(name()).update(average(fresh, old), fresh.count());
    }

    /** The mean over the bounds of each look's likelihood ratios: a product of such means is an e-process again. */
    private double[] average(LatencyCounts fresh, LatencyCounts old) {
        List<Double> bounds = old.bounds();
        double[] sums = new double[Alternatives.count()];
        for (double bound : bounds) {
            double[] logs = TwoProportions.logLikelihoodRatios(
                    fresh.count(), fresh.certainlyAbove(bound * ratio), old.count(), old.possiblyAbove(bound));
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Math.exp(logs[i]) / bounds.size();
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = bounds.isEmpty() ? 0 : Math.log(sums[i]);
        }
        return sums;
    }

    @Override
    public Measurement judge(Question question) {
        double limit = ratio * question.state().stable().latency().quantile(quantile);
        double value = question.state().candidate().latency().quantile(quantile);
        var judgement = new Judgement(
                MaximumLatency.metric(quantile),
                question,
                value,
                limit,
                Judgement.number(ratio) + " times the old version's, which is");
        return Comparison.judge(judgement, question, "above", "not provably above");
    }
}
