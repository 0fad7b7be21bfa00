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
        return result(
                Outcome.FAIL,
                String.format(
                        Locale.ROOT,
                        "%s of the new version is %s, %s %s %s, after %s (p = %.2g, budget %.2g)",
                        metric,
                        number(value),
                        comparison,
                        bound,
                        number(limit),
                        requests(),
                        pValue(),
                        question.alpha()));
    }

    /** What crossed the boundary of a test with a known maximum had at most the spent probability to do so by chance. */
    private double pValue() {
        return question.path()
                .filter(SpendingPath::crossed)
                .map(path -> Math.min(path.spent(), question.evidence().pValue()))
                .orElse(question.evidence().pValue());
    }

    Measurement tooFew() {
        return result(
                Outcome.INCONCLUSIVE,
                String.format(
                        Locale.ROOT,
                        "%s: %s of the new version, %d more are needed%s",
                        metric,
                        requests(),
                        question.missing(),
                        time(question.missing())));
    }

    Measurement undecided(String comparison, long more) {
        return result(
                Outcome.INCONCLUSIVE,
                String.format(
                        Locale.ROOT,
                        "%s of the new version is %s, %s %s %s, which may be chance after %s; about %d more are needed%s",
                        metric,
                        number(value),
                        comparison,
                        bound,
                        number(limit),
                        requests(),
                        more,
                        time(more)));
    }

    Measurement passed(String comparison) {
        return result(
                Outcome.PASS,
                String.format(
                        Locale.ROOT,
                        "%s of the new version is %s, %s %s %s, after %s",
                        metric,
                        number(value),
                        comparison,
                        bound,
                        number(limit),
                        requests()));
    }

    Measurement notComparable() {
        return result(
                Outcome.INCONCLUSIVE,
                metric + ": the old version has answered no request to compare with; leave it a share of the traffic");
    }

    Measurement tooFewLabels(long labels, long minimum) {
        return result(
                Outcome.INCONCLUSIVE,
                String.format(
                        Locale.ROOT,
                        "%s: %d labels of the new version, %d more are needed",
                        metric,
                        labels,
                        minimum - labels));
    }

    /** A proved difference where none of the two directions is worse. */
    Measurement shifted() {
        return result(
                Outcome.FAIL,
                String.format(
                        Locale.ROOT,
                        "%s of the new version differ from the old version's by a total variation of %s (p = %.2g, budget %.2g)",
                        metric,
                        number(value),
                        question.evidence().pValue(),
                        question.alpha()));
    }

    Measurement alike(long samples) {
        return result(
                samples == 0 ? Outcome.INCONCLUSIVE : Outcome.PASS,
                samples == 0
                        ? metric + ": the servers do not tell what they predict"
                        : metric + " of the new version do not provably differ from the old version's, total variation "
                                + number(value) + " in " + samples + " predictions");
    }

    /** How long that takes at the present rate. */
    private String time(long more) {
        double seconds = more / question.rate();
        if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
            return "";
        }
        return seconds < 90
                ? String.format(Locale.ROOT, ", %.0f s at this rate", Math.ceil(seconds))
                : String.format(Locale.ROOT, ", %.0f minutes at this rate", Math.ceil(seconds / 60));
    }

    private Measurement result(Outcome outcome, String reason) {
        return new Measurement(
                metric,
                "new",
                known(value),
                known(limit),
                question.state().candidate().requests(),
                pValue(),
                true,
                outcome,
                reason);
    }

    private String requests() {
        long requests = question.state().candidate().requests();
        return requests == 1 ? "1 request" : requests + " requests";
    }

    private static Optional<Double> known(double number) {
        return Double.isNaN(number) ? Optional.empty() : Optional.of(number);
    }

    static String number(double number) {
        return Double.isNaN(number)
                ? "unknown"
                : new java.math.BigDecimal(number)
                        .round(new java.math.MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
