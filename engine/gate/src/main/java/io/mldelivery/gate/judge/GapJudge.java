package io.mldelivery.gate.judge;

import io.mldelivery.gate.inference.Inference;
import io.mldelivery.gate.inference.NormalInference;
import io.mldelivery.gate.measure.Estimate;
import io.mldelivery.gate.measure.Measured;
import io.mldelivery.gate.measure.Measured.Impossible;
import io.mldelivery.gate.measure.Measured.Value;
import io.mldelivery.gate.policy.Bounds;
import io.mldelivery.gate.policy.Criterion.Gap;
import io.mldelivery.gate.policy.Rule;
import io.mldelivery.gate.policy.SliceSpec;
import io.mldelivery.model.Outcome;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.TestResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Judges the largest difference of a metric between two slices. */
final class GapJudge {
    private final Rule rule;
    private final Gap gap;
    private final SliceSpec spec;
    private final List<Scope> scopes;

    GapJudge(Rule rule, Gap gap, List<Scope> scopes) {
        this.rule = rule;
        this.gap = gap;
        this.spec = rule.slice().orElseThrow();
        this.scopes = scopes;
    }

    private record Named(String slice, Estimate estimate) {}

    Draft judge() {
        Draft draft = new Draft(rule, Optional.empty()).limits(Bounds.atMost(gap.max()));
        List<Named> estimates = new ArrayList<>();
        int small = 0;
        for (Scope scope : scopes) {
            if (scope.effectiveRows(rule.metric()) < spec.minimumRows()) {
                small++;
                continue;
            }
            Measured measured = scope.candidate(rule.metric());
            if (measured instanceof Impossible impossible) {
                return draft.decided(
                        Outcome.ERROR,
                        rule.metric() + " (" + scope.slice().orElseThrow() + ") " + impossible.reason() + ".");
            }
            estimates.add(new Named(scope.slice().orElseThrow(), ((Value) measured).estimate()));
        }
        return judge(draft, estimates, small);
    }

    private Draft judge(Draft draft, List<Named> estimates, int small) {
        if (small > 0 && !spec.ignoreSmall()) {
            return draft.rowsNeeded(spec.minimumRows())
                    .decided(
                            Outcome.INCONCLUSIVE,
                            rule.metric() + ": " + small
                                    + " slices of '" + spec.name() + "' have fewer than " + spec.minimumRows()
                                    + " rows; 'small: ignore' would leave them out.");
        }
        if (estimates.size() < 2) {
            return draft.decided(
                    Outcome.INCONCLUSIVE,
                    rule.metric() + ": a gap needs two slices of '" + spec.name() + "' with at least "
                            + spec.minimumRows() + " rows, and there are " + estimates.size() + ".");
        }
        Comparator<Named> byValue = Comparator.comparingDouble(named -> named.estimate.value());
        Named low = estimates.stream().min(byValue).orElseThrow();
        Named high = estimates.stream().max(byValue).orElseThrow();
        return judge(draft, low, high, estimates.size());
    }

    private Draft judge(Draft draft, Named low, Named high, int slices) {
        double difference = high.estimate.value() - low.estimate.value();
        double error = Math.hypot(high.estimate.standardError(), low.estimate.standardError());
        draft.candidate(OptionalDouble.of(difference)).difference(difference);
        if (!(error > 0)) {
            return draft.decided(
                    Outcome.INCONCLUSIVE,
                    rule.metric() + " does not vary within the slices " + low.slice + " and " + high.slice
                            + ", so its error is unknown.");
        }
        String name = "gap of " + high.slice + " over " + low.slice;
        long pairs = (long) slices * (slices - 1) / 2;
        long rows = low.estimate.units() + high.estimate.units();
        return draft.pending(new WidestGap(new NormalInference(name, difference, error), pairs), rows);
    }

    /** The widest of many gaps is wide by chance: evidence that it is too wide counts for all pairs (Bonferroni). */
    private record WidestGap(NormalInference single, long pairs) implements Inference {
        @Override
        public double estimate() {
            return single.estimate();
        }

        @Override
        public double standardError() {
            return single.standardError();
        }

        @Override
        public Interval interval(double level) {
            Interval interval = single.interval(1 - (1 - level) / pairs);
            return new Interval(level, Math.max(0, interval.low()), interval.high());
        }

        @Override
        public double pValueAbove(double limit) {
            return Math.min(1, pairs * single.pValueAbove(limit));
        }

        @Override
        public double pValueBelow(double limit) {
            return Math.min(1, pairs * single.pValueBelow(limit));
        }

        @Override
        public TestResult test() {
            return single.test();
        }
    }
}
