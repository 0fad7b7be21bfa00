package io.mldelivery.gate.judge;

import io.mldelivery.gate.measure.Measured;
import io.mldelivery.gate.measure.Measured.Impossible;
import io.mldelivery.gate.measure.Measures;
import io.mldelivery.gate.measure.Paired;
import io.mldelivery.gate.measure.Plots;
import io.mldelivery.gate.measure.Unpaired;
import io.mldelivery.gate.metric.KnownMetric;
import io.mldelivery.gate.metric.MetricName;
import io.mldelivery.gate.predictions.EvaluationSet;
import java.util.LinkedHashMap;
import java.util.Map;
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
        this.champion = set.others()
                .map(other -> new Measures(other, other.candidate()))
                .or(() -> set.champion().map(scores -> new Measures(set, scores)));
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

    /** Whether the champion was scored on rows of its own. */
    boolean hasOtherRows() {
        return set.others().isPresent();
    }

    Unpaired unpaired() {
        return new Unpaired(set.isWeighted() || set.others().orElseThrow().isWeighted());
    }

    /** What pages draw. */
    Optional<Plots> plots() {
        return candidate.plots().map(own -> new Plots(own, champion.flatMap(Measures::plots)));
    }

    /** All metrics that the rows give of a model, by name. */
    Map<String, Double> values(boolean ofChampion) {
        Map<String, Double> values = new LinkedHashMap<>();
        Optional<Measures> measures = ofChampion ? champion : Optional.of(candidate);
        measures.ifPresent(m -> Measures.of(set.task())
                .forEach(metric ->
                        valueOf(m.measure(metric.key())).ifPresent(value -> values.put(metric.key(), value))));
        return values;
    }

    Paired paired(String metric) {
        return new Paired(set, metric);
    }

    /** The rows that count for a metric's precision: of the rarer class for areas under curves, else all. */
    long effectiveRows(String metric) {
        Optional<KnownMetric> known = MetricName.parse(metric).flatMap(MetricName::known);
        boolean isArea = known.filter(m -> m == KnownMetric.ROC_AUC || m == KnownMetric.PR_AUC)
                .isPresent();
        long own = isArea ? candidate.rarerRows() : set.rows();
        long others = set.others().isEmpty()
                ? own
                : isArea
                        ? champion.orElseThrow().rarerRows()
                        : set.others().get().rows();
        return Math.min(own, others);
    }

    static OptionalDouble valueOf(Measured measured) {
        return measured instanceof Measured.Value value
                ? OptionalDouble.of(value.estimate().value())
                : OptionalDouble.empty();
    }
}
