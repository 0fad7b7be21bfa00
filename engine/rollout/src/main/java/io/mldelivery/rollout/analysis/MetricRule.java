package io.mldelivery.rollout.analysis;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.analysis.MetricTally.Finding;
import io.mldelivery.rollout.plan.MetricPlan;
import io.mldelivery.rollout.plan.MetricPlan.Direction;
import java.util.Locale;
import java.util.Optional;

/**
 * Counts and judges the values of one metric of the plan. Conditions work as many know them from elsewhere: so many bad
 * values and so many failures to measure in a row are forgiven; but a metric without a value never passes. Comparisons are
 * made when there are 5, 10, 20, 40 … values, and share the error rate so that all together keep it.
 */
final class MetricRule {
    private static final int FIRST_LOOK = 5;

    private final MetricPlan plan;
    private final double alpha;

    /** @param alpha the share of the false-alarm budget, for comparisons */
    MetricRule(MetricPlan plan, double alpha) {
        this.plan = plan;
        this.alpha = alpha;
    }

    MetricTally take(MetricTally before, Reading reading) {
        if (reading.isError()) {
            return before.failed(reading.error());
        }
        double value = reading.candidate();
        boolean bad = plan.failure()
                .map(condition -> condition.holds(value))
                .orElseGet(() -> plan.success()
                        .filter(condition -> !condition.holds(value))
                        .isPresent());
        boolean good =
                !bad && plan.success().map(condition -> condition.holds(value)).orElse(true);
        MetricTally after = before.counted(value, good, bad);
        return reading.stable().isPresent()
                ? compared(after.compared(value, reading.stable().getAsDouble()))
                : after;
    }

    private MetricTally compared(MetricTally tally) {
        Finding finding = tally.finding();
        if (plan.worse().isEmpty() || tally.measured() < FIRST_LOOK << Math.min(20, finding.looks())) {
            return tally;
        }
        var result = SeriesComparison.compare(
                tally.fresh().stream().mapToDouble(Double::doubleValue).toArray(),
                tally.old().stream().mapToDouble(Double::doubleValue).toArray(),
                plan.worse().get() == Direction.HIGHER);
        long look = finding.looks() + 1;
        double share = alpha * 6 / (Math.PI * Math.PI * look * look); // sums to alpha over all looks
        return tally.found(new Finding(look, finding.worse() || result.outcome(share) == Outcome.FAIL, result));
    }

    Measurement judge(MetricTally tally) {
        if (tally.bad() > plan.failureLimit()) {
            return result(
                    tally,
                    Outcome.FAIL,
                    "was bad " + times(tally.bad()) + ", " + plan.failureLimit() + " forgiven; last " + last(tally)
                            + condition());
        }
        if (tally.finding().worse()) {
            return result(tally, Outcome.FAIL, comparison(tally, "is worse than the old version's"));
        }
        return tally.error().isEmpty() ? judgeValues(tally) : judgeError(tally);
    }

    private Measurement judgeError(MetricTally tally) {
        boolean forgiven = tally.errorsInRow() <= plan.consecutiveErrors();
        return result(
                tally,
                forgiven ? Outcome.INCONCLUSIVE : Outcome.ERROR,
                "could not be measured " + times(tally.errorsInRow()) + " in a row, " + plan.consecutiveErrors()
                        + " forgiven: " + tally.error());
    }

    private Measurement judgeValues(MetricTally tally) {
        if (tally.good() < plan.count()) {
            return result(
                    tally,
                    Outcome.INCONCLUSIVE,
                    "has " + tally.good() + " good values, " + (plan.count() - tally.good()) + " more are needed");
        }
        Finding finding = tally.finding();
        if (plan.worse().isPresent() && finding.looks() == 0) {
            return result(
                    tally,
                    Outcome.INCONCLUSIVE,
                    "has " + tally.measured() + " values to compare, " + (FIRST_LOOK - tally.measured())
                            + " more are needed");
        }
        if (plan.worse().isPresent() && finding.result().outcome(0) == Outcome.INCONCLUSIVE) {
            String suspicion = finding.result().shapeChanged()
                    ? "is distributed otherwise than the old version's"
                    : "may be worse";
            return result(
                    tally,
                    Outcome.INCONCLUSIVE,
                    comparison(tally, suspicion) + "; "
                            + ((FIRST_LOOK << Math.min(20, finding.looks())) - tally.measured())
                            + " more values are needed");
        }
        return result(tally, Outcome.PASS, "is " + last(tally) + ", good " + times(tally.good()) + condition());
    }

    private static String comparison(MetricTally tally, String what) {
        var result = tally.finding().result();
        return String.format(
                Locale.ROOT,
                "%s (p = %.2g for the mean, %.2g for the shape, %d values each)",
                what,
                result.worse(),
                result.shape(),
                tally.fresh().size());
    }

    private String condition() {
        return plan.failure()
                .map(condition -> ", bad when " + condition)
                .or(() -> plan.success().map(condition -> ", good when " + condition))
                .orElse("");
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    private static String last(MetricTally tally) {
        return Judgement.number(tally.last());
    }

    private Measurement result(MetricTally tally, Outcome outcome, String reason) {
        Optional<Double> value = Double.isNaN(tally.last()) ? Optional.empty() : Optional.of(tally.last());
        return new Measurement(
                plan.name(),
                "new",
                value,
                Optional.empty(),
                tally.measured(),
                tally.finding().result().worse(),
                !plan.dryRun(),
                outcome,
                plan.name() + " " + reason);
    }
}
