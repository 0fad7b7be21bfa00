package io.mldelivery.rollout.analysis;

/**
 * Is the new version's mean time at most this many seconds? A bet against it (Waudby-Smith and Ramdas: Estimating means of
 * bounded random variables by betting, JRSS B 2024): for any fixed stake s below 1/max the product of 1 + s (time - max) is
 * an e-process, as times are not negative. Each time counts as the lower bound of its bucket, which keeps it valid.
 */
record MaximumMeanLatency(double max) implements Check {
    @Override
    public String name() {
        return "latency mean maximum";
    }

    @Override
    public SequentialEvidence update(AnalysisState past, VersionCounts candidate, VersionCounts stable) {
        LatencyCounts latency = candidate.latency();
        double[] logs = new double[Alternatives.count()];
        for (int i = 0; i < logs.length; i++) {
            double stake = Alternatives.stake(i) / max;
            for (LatencyCounts.Bucket bucket : latency.buckets()) {
                logs[i] += bucket.count() * Math.log1p(stake * (bucket.low() - max));
            }
        }
        return past.of(name()).update(logs, latency.count());
    }

    @Override
    public Measurement judge(Question question) {
        double mean = question.state().candidate().latency().mean();
        var judgement = new Judgement("latency mean s", question, mean, max, "the maximum");
        if (question.proved()) {
            return judgement.proved("above");
        }
        if (question.missing() > 0 || Double.isNaN(mean)) {
            return judgement.tooFew();
        }
        return mean <= max ? judgement.passed("not above") : judgement.undecided("above", Comparison.more(question));
    }
}
