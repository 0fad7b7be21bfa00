package io.mldelivery.gate.judge;

import io.mldelivery.gate.measure.Measured;
import io.mldelivery.gate.measure.Measured.Impossible;
import io.mldelivery.gate.measure.Measures;
import io.mldelivery.gate.measure.Paired;
import io.mldelivery.gate.metric.KnownMetric;
import io.mldelivery.gate.metric.MetricName;
import io.mldelivery.gate.predictions.EvaluationSet;
import java.util.Optional;
import java.util.OptionalDouble;

/** The rows that a rule looks at, all or one slice of them, with both models' metrics on them. */
final class Scope {
    private final Optional<String> slice;
    private final EvaluationSet set;
    private final Measures candidate;
    private final Optional<Measures> champion;

    Scope(Optional<String> slice, EvaluationSet set) {
        this.slice = slice;
        this.set = set;
        this.candidate = new Measures(set, set.candidate());
        this.champion = set.champion().map(scores -> new Measures(set, scores));
    }

    Optional<String> slice() {
        return slice;
    }

    EvaluationSet set() {
        return set;
    }

    boolean hasChampion() {
        return champion.isPresent();
    }

    Measured candidate(String metric) {
        return candidate.measure(metric);
    }

    Measured champion(String metric) {
        return champion.map(measures -> measures.measure(metric))
                .orElseGet(() -> new Impossible("has no champion's predictions"));
    }

    Paired paired(String metric) {
        return new Paired(set, metric);
    }

    /** The rows that count for a metric's precision: of the rarer class for areas under curves, else all. */
    long effectiveRows(String metric) {
        Optional<KnownMetric> known = MetricName.parse(metric).flatMap(MetricName::known);
        boolean isArea = known.filter(m -> m == KnownMetric.ROC_AUC || m == KnownMetric.PR_AUC).isPresent();
        return isArea ? candidate.rarerRows() : set.rows();
    }

    static OptionalDouble valueOf(Measured measured) {
        return measured instanceof Measured.Value value
                ? OptionalDouble.of(value.estimate().value())
                : OptionalDouble.empty();
    }
}
