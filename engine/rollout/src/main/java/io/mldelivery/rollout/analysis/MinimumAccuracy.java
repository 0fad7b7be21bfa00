package io.mldelivery.rollout.analysis;

/** Is the new version right at least this often, by the labels that have come in? */
record MinimumAccuracy(double min, long minimumLabels) implements Check {
    @Override
    public String name() {
        return "accuracy minimum";
    }

    @Override
    public SequentialEvidence update(AnalysisState past, VersionCounts candidate, VersionCounts stable) {
        return past.of(name())
                .update(
                        OneProportion.logLikelihoodRatios(candidate.labelled(), candidate.wrong(), 1 - min),
                        candidate.labelled());
    }

    @Override
    public Measurement judge(Question question) {
        VersionCounts counts = question.state().candidate();
        var judgement = new Judgement("accuracy", question, counts.accuracy(), min, "the minimum");
        if (question.proved()) {
            return judgement.proved("below");
        }
        if (counts.labelled() == 0 && minimumLabels == 0) {
            return judgement.tooFewLabels(0, 1).asFinding(); // no label has come: nothing to say, and no say
        }
        if (counts.labelled() < minimumLabels) {
            return judgement.tooFewLabels(counts.labelled(), minimumLabels);
        }
        return counts.accuracy() >= min
                ? judgement.passed("not below")
                : judgement.undecided("below", Comparison.more(question));
    }
}
