package io.mldelivery.rollout.analysis;

/** Is the new version right no less often than the old one, by the labels that have come in? */
record AccuracyAgainstOld(long minimumLabels) implements Check {
    @Override
    public String name() {
        return "accuracy against old";
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
                                candidate.labelled(), candidate.wrong(), stable.labelled(), stable.wrong()),
                        candidate.labelled());
    }

    @Override
    public Measurement judge(Question question) {
        VersionCounts counts = question.state().candidate();
        var judgement = new Judgement(
                "accuracy",
                question,
                counts.accuracy(),
                question.state().stable().accuracy(),
                "the old version's");
        if (question.proved()) {
            return judgement.proved("below");
        }
        if (counts.labelled() == 0 && minimumLabels == 0) {
            return judgement.tooFewLabels(0, 1).asFinding(); // no label has come: nothing to say, and no say
        }
        if (counts.labelled() < minimumLabels) {
            return judgement.tooFewLabels(counts.labelled(), minimumLabels);
        }
        return question.suspicious()
                ? judgement.undecided("below", Comparison.more(question))
                : judgement.passed("not provably below");
    }
}
