package io.mldelivery.rollout.analysis;

/** Does the new version answer this share of its requests within this many seconds? */
record MaximumLatency(double quantile, double seconds) implements Check {
    @Override
    public String name() {
        return "latency maximum";
    }

    @Override
    public SequentialEvidence update(AnalysisState past, VersionCounts candidate, VersionCounts stable) {
        LatencyCounts latency = candidate.latency();
        return past.of(name())
                .update(
                        OneProportion.logLikelihoodRatios(
                                latency.count(), latency.certainlyAbove(seconds), 1 - quantile),
                        latency.count());
    }

    @Override
    public Measurement judge(Question question) {
        LatencyCounts latency = question.state().candidate().latency();
        var judgement = new Judgement(metric(quantile), question, latency.quantile(quantile), seconds, "the maximum");
        if (question.proved()) {
            return judgement.proved("above");
        }
        if (question.missing() > 0 || latency.count() == 0) {
            return judgement.tooFew();
        }
        double slow = latency.possiblyAbove(seconds) / (double) latency.count();
        return slow <= 1 - quantile
                ? judgement.passed("not above")
                : judgement.undecided("above", more(question, slow));
    }

    private long more(Question question, double share) {
        double missing = question.threshold() - question.evidence().logarithm();
        return (long) Math.ceil(Math.min(1e9, OneProportion.requestsToProve(share, 1 - quantile, missing)));
    }

    static String metric(double quantile) {
        return "latency p" + Judgement.number(quantile * 100) + " s";
    }
}
