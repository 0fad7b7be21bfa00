package io.mldelivery.drift.verdict;

import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.engine.Side;
import io.mldelivery.drift.finding.Findings;
import io.mldelivery.drift.measure.ColumnMeasurement;
import io.mldelivery.drift.measure.Measurements;
import io.mldelivery.drift.measure.Novelty;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.EvidentlyRules;
import io.mldelivery.drift.policy.Method;
import io.mldelivery.drift.policy.ModelRoles;
import io.mldelivery.drift.policy.PolicyName;
import io.mldelivery.drift.policy.Rule;
import io.mldelivery.model.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Decides about single columns. */
final class ColumnJudge {
    private static final double LEAST_P = 1e-300;

    /** Tests for values that the reference has not seen take so much of the accepted rate of false alarms. */
    private static final double PART_FOR_NOVELTY = 0.1;

    private final DriftPolicy policy;
    private final Measurements measured;
    private final Findings findings;

    ColumnJudge(DriftPolicy policy, Measurements measured, Findings findings) {
        this.policy = policy;
        this.measured = measured;
        this.findings = findings;
    }

    private Rule ruleFor(ColumnMeasurement column) {
        Rule rule = policy.ruleFor(column.name(), column.kind());
        boolean own = policy.overrides().containsKey(column.name()) || rule.method() != Method.NONE;
        boolean judged = switch (column.kind()) {
            case NUMERIC, CATEGORICAL -> true;
            case TEXT, DATETIME, OTHER -> false;
        };
        return policy.name() == PolicyName.EVIDENTLY && !own && judged
                ? EvidentlyRules.ruleFor(column.kind(), column.reference().values(), column.distinct())
                : rule;
    }

    /** NaN where no significance is asked for: such columns do not count as tests. */
    double[] adjustedPValues() {
        List<ColumnMeasurement> columns = measured.columns();
        List<Integer> tested = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (ruleFor(columns.get(i)).significant() && lacking(columns.get(i)).isEmpty()) {
                tested.add(i);
            }
        }
        double[] corrected = policy.correction()
                .adjust(tested.stream().mapToDouble(i -> pValue(columns.get(i))).toArray());
        double[] all = new double[columns.size()];
        Arrays.fill(all, Double.NaN);
        for (int i = 0; i < corrected.length; i++) {
            all[tested.get(i)] = corrected[i];
        }
        return all;
    }

    private static double pValue(ColumnMeasurement column) {
        return column.statistics().orElseThrow().test().orElseThrow().pValue();
    }

    /** Why a column cannot be judged, or nothing. */
    private Optional<String> lacking(ColumnMeasurement column) {
        long least = Math.min(column.reference().values(), column.current().values());
        if (column.statistics().isEmpty() || least < policy.minimumRows()) {
            return Optional.of("has " + column.reference().values() + " values in the reference and "
                    + column.current().values() + " in the current data; needs " + policy.minimumRows() + " in both");
        }
        return Optional.empty();
    }

    /** Decides with the p-value after correction. */
    ColumnVerdict judge(ColumnMeasurement column, double adjusted) {
        Rule rule = ruleFor(column);
        Decision decision = decide(column, rule, adjusted);
        OptionalDouble p = Double.isNaN(adjusted) ? OptionalDouble.empty() : OptionalDouble.of(adjusted);
        return new ColumnVerdict(
                column,
                rule,
                decision.outcome(),
                value(column, rule),
                p,
                decision.reason(),
                violations(column),
                known(findings.importance(), column),
                known(findings.impact(), column));
    }

    private static OptionalDouble known(Map<String, Double> values, ColumnMeasurement column) {
        Double value = values.get(column.name());
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private record Decision(Optional<Outcome> outcome, String reason) {}

    private static OptionalDouble value(ColumnMeasurement column, Rule rule) {
        return column.statistics().map(all -> all.value(rule.method())).orElse(OptionalDouble.empty());
    }

    private Decision decide(ColumnMeasurement column, Rule rule, double adjusted) {
        OptionalDouble value = value(column, rule);
        if (rule.method() == Method.NONE || isAwaited(column.name(), column.current())) {
            return new Decision(
                    Optional.empty(), rule.method() == Method.NONE ? "not judged" : "labels are not known yet");
        }
        Optional<String> lacking = lacking(column);
        if (lacking.isPresent() || value.isEmpty()) {
            return new Decision(
                    Optional.of(undecided(column)),
                    lacking.orElse(
                            rule.method()
                                    + " cannot be computed: the reference is constant or the method does not fit the column's kind"));
        }
        boolean large = rule.method().exceeds(value.getAsDouble(), rule.threshold());
        boolean significant = Double.isNaN(adjusted) || adjusted <= policy.level();
        Optional<String> unseen = column.novelty().flatMap(novelty -> unseen(column, novelty));
        boolean drifted = large && significant || unseen.isPresent();
        return new Decision(
                Optional.of(drifted ? Outcome.FAIL : Outcome.PASS),
                (drifted ? kindOfDrift(column.name()) : "")
                        + explain(rule, value.getAsDouble(), large, adjusted)
                        + (large ? moved(column) : "")
                        + unseen.map(text -> "; " + text).orElse(""));
    }

    /** A shift of the model's answers or of the truth has a name of its own; else it is one of the data. */
    private String kindOfDrift(String column) {
        return policy.further()
                .model()
                .flatMap(model -> model.role(column))
                .map(role -> role + " drift, ")
                .orElse("");
    }

    /** The category whose share changed most. */
    private static String moved(ColumnMeasurement column) {
        return column.plot()
                .filter(plot -> column.kind() == ColumnKind.CATEGORICAL
                        && !plot.categories().isEmpty())
                .map(plot -> {
                    int most = IntStream.range(0, plot.categories().size())
                            .boxed()
                            .max(Comparator.comparingDouble(i -> Math.abs(
                                    plot.current().get(i) - plot.reference().get(i))))
                            .orElseThrow();
                    return "; share of " + plot.categories().get(most) + " "
                            + Wording.percent(plot.reference().get(most)) + " → "
                            + Wording.percent(plot.current().get(most));
                })
                .orElse("");
    }

    /** A column that is empty on both sides did not change; one that has values somewhere might have. */
    private static Outcome undecided(ColumnMeasurement column) {
        boolean empty = column.reference().values() == 0 && column.current().values() == 0;
        boolean rows = column.reference().rows() > 0 && column.current().rows() > 0;
        return empty && rows ? Outcome.PASS : Outcome.INCONCLUSIVE;
    }

    private String explain(Rule rule, double value, boolean large, double p) {
        String compared = rule.method().isPValue() ? large ? "<" : "≥" : large ? "≥" : "<";
        String text = rule.method().isPValue() && value < LEAST_P
                ? rule.method() + " < 1e-300"
                : rule.method() + " " + Wording.number(value) + " " + compared + " " + Wording.number(rule.threshold());
        if (Double.isNaN(p)) {
            return text;
        }
        String sign = p <= policy.level() ? "≤" : ">";
        return text
                + (p < LEAST_P
                        ? ", p < 1e-300"
                        : ", p " + Wording.number(p) + " " + sign + " " + Wording.number(policy.level()));
    }

    /** Labels come later than the data: a current table without any is nothing to complain of. */
    private boolean isAwaited(String column, Side current) {
        return isLabel(column) && current.values() == 0;
    }

    /** Whether a column holds the labels, which may come late. */
    boolean isLabel(String column) {
        return policy.further()
                .model()
                .flatMap(ModelRoles::label)
                .filter(column::equals)
                .isPresent();
    }

    private List<String> violations(ColumnMeasurement column) {
        Side left = column.reference();
        Side right = column.current();
        List<String> violations = new ArrayList<>();
        if (isAwaited(column.name(), right)) {
            return violations;
        }
        if (right.nullShare() - left.nullShare() > policy.nullIncrease() && right.rows() >= policy.minimumRows()) {
            violations.add("missing values rose from " + Wording.percent(left.nullShare()) + " to "
                    + Wording.percent(right.nullShare()) + ", more than " + Wording.percent(policy.nullIncrease())
                    + " points");
        }
        if (right.infinite() > 0 && left.infinite() == 0) {
            violations.add(right.infinite() + " values are infinite; the reference has none");
        }
        return violations;
    }

    private Optional<String> unseen(ColumnMeasurement column, Novelty novelty) {
        boolean categories = column.kind() == ColumnKind.CATEGORICAL;
        boolean judged = categories || column.kind() == ColumnKind.NUMERIC;
        double limit = categories
                ? policy.further().values().newCategories()
                : policy.further().values().outOfRange();
        boolean chance = novelty.pValue() * measured.columns().size() > policy.level() * PART_FOR_NOVELTY;
        if (!judged || lacking(column).isPresent() || novelty.share() - novelty.expected() <= limit || chance) {
            return Optional.empty();
        }
        return Optional.of(Wording.percent(novelty.share())
                + (categories
                        ? " of the values are of categories that the reference does not have"
                        : " of the values lie outside of the reference's range")
                + ", more than " + Wording.percent(limit));
    }
}
