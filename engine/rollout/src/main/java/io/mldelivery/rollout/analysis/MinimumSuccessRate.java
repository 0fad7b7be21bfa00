package io.mldelivery.rollout.analysis;

/** Is the new version's success rate at least this? */
record MinimumSuccessRate(double min) implements Check {
    @Override
    public String name() {
        return "success rate minimum";
    }

    @Override
    public SequentialEvidence update(AnalysisState past, VersionCounts candidate, VersionCounts stable) {
        return past.of(name())
                .update(
                        OneProportion.logLikelihoodRatios(candidate.requests(), candidate.failures(), 1 - min),
                        candidate.requests());
    }

    @Override
    public Measurement judge(Question question) {
        VersionCounts counts = question.state().candidate();
        var judgement = new Judgement("success rate", question, counts.successRate(), min, "the minimum");
        if (question.proved()) {
            return judgement.proved("below");
        }
        if (question.missing() > 0) {
            return judgement.tooFew();
        }
        return counts.successRate() >= min
                ? judgement.passed("not below")
                : judgement.undecided("below", more(question, 1 - counts.successRate()));
    }

    private long more(Question question, double share) {
        double missing = question.threshold() - question.evidence().logarithm();
        return (long) Math.ceil(Math.min(1e9, OneProportion.requestsToProve(share, 1 - min, missing)));
    }
}
