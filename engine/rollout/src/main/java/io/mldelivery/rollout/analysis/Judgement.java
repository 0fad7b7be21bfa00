package io.mldelivery.rollout.analysis;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.analysis.Check.Question;
import java.util.Locale;
import java.util.Optional;

/** Puts a check's numbers and its decision into one {@link Measurement}. */
final class Judgement {
    private final String metric;
    private final Question question;
    private final double value;
    private final double limit;
    private final String bound;

    /** @param bound how the limit is called in sentences, such as {@code "the minimum"} or {@code "the old version's"} */
    Judgement(String metric, Question question, double value, double limit, String bound) {
        this.metric = metric;
        this.question = question;
        this.value = value;
        this.limit = limit;
        this.bound = bound;
    }

    Measurement proved(String comparison) {
        return result(Outcome.FAIL, String.format(Locale.ROOT, "%s of the new version is %s, %s %s %s, after %s (p = %.2g, budget %.2g)",
                metric, number(value), comparison, bound, number(limit), requests(), question.evidence().pValue(), question.alpha()));
    }

    Measurement tooFew() {
        return result(Outcome.INCONCLUSIVE, String.format(Locale.ROOT, "%s: %s of the new version, %d more are needed",
                metric, requests(), question.missing()));
    }

    Measurement undecided(String comparison, long more) {
        return result(Outcome.INCONCLUSIVE, String.format(Locale.ROOT,
                "%s of the new version is %s, %s %s %s, which may be chance after %s; about %d more are needed",
                metric, number(value), comparison, bound, number(limit), requests(), more));
    }

    Measurement passed(String comparison) {
        return result(Outcome.PASS, String.format(Locale.ROOT, "%s of the new version is %s, %s %s %s, after %s",
                metric, number(value), comparison, bound, number(limit), requests()));
    }

    Measurement notComparable() {
        return result(Outcome.INCONCLUSIVE,
                metric + ": the old version has answered no request to compare with; leave it a share of the traffic");
    }

    private Measurement result(Outcome outcome, String reason) {
        return new Measurement(metric, "new", known(value), known(limit), question.state().candidate().requests(),
                question.evidence().pValue(), outcome, reason);
    }

    private String requests() {
        long requests = question.state().candidate().requests();
        return requests == 1 ? "1 request" : requests + " requests";
    }

    private static Optional<Double> known(double number) {
        return Double.isNaN(number) ? Optional.empty() : Optional.of(number);
    }

    static String number(double number) {
        return Double.isNaN(number) ? "unknown" : new java.math.BigDecimal(number).round(new java.math.MathContext(4)).stripTrailingZeros().toPlainString();
    }
}
