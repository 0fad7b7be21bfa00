package io.mldelivery.rollout.analysis;

import io.mldelivery.rollout.analysis.Check.Question;

/** What all comparisons with the old version have in common. */
final class Comparison {
    private Comparison() {}

    static Measurement judge(Judgement judgement, Question question, String worse, String fine) {
        if (question.proved()) {
            return judgement.proved(worse);
        }
        if (question.state().stable().requests() == 0) {
            return judgement.notComparable();
        }
        if (question.missing() > 0) {
            return judgement.tooFew();
        }
        return question.suspicious() ? judgement.undecided(worse, more(question)) : judgement.passed(fine);
    }

    /** At the pace at which evidence has come in so far. */
    static long more(Question question) {
        double pace = Math.max(1e-9, question.evidence().logarithm())
                / Math.max(1, question.state().candidate().requests());
        return (long) Math.ceil(
                Math.min(1e9, (question.threshold() - question.evidence().logarithm()) / pace));
    }
}
