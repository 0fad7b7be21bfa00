package io.mldelivery.rollout.analysis;

/** Is the new version's success rate no worse than the old one's in the same time? */
record SuccessRateAgainstOld() implements Check {
    @Override
    public String name() {
        return "success rate against old";
    }

    @Override
    public boolean againstOld() {
        return true;
    }

    @Override
    public SequentialEvidence update(AnalysisState past, VersionCounts candidate, VersionCounts stable) {
        return past.of(name())
                .update(
                        TwoProportions.logLikelihoodRatios(
                                candidate.requests(), candidate.failures(), stable.requests(), stable.failures()),
                        candidate.requests());
    }

    @Override
    public Measurement judge(Question question) {
        double limit = question.state().stable().successRate();
        var judgement = new Judgement(
                "success rate", question, question.state().candidate().successRate(), limit, "the old version's");
        return Comparison.judge(judgement, question, "below", "not provably below");
    }
}
