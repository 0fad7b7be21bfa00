package io.mldelivery.drift.verdict;

import io.mldelivery.drift.measure.ColumnMeasurement;
import io.mldelivery.drift.measure.Measurements;
import io.mldelivery.drift.measure.SchemaFinding;
import io.mldelivery.drift.measure.SchemaFinding.Change;
import io.mldelivery.drift.measure.Side;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.EvidentlyRules;
import io.mldelivery.drift.policy.Method;
import io.mldelivery.drift.policy.PolicyName;
import io.mldelivery.drift.policy.Rule;
import io.mldelivery.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides about columns and about the check as a whole. A pure function of its inputs. */
public final class Judge {
    private static final int NAMED = 5;

    private final DriftPolicy policy;
    private final Measurements measured;

    private Judge(DriftPolicy policy, Measurements measured) {
        this.policy = policy;
        this.measured = measured;
    }

    public static DriftVerdict judge(Measurements measured, DriftPolicy policy) {
        return new Judge(policy, measured).judge();
    }

    private DriftVerdict judge() {
        double[] adjusted = adjustedPValues();
        List<ColumnVerdict> columns = new ArrayList<>();
        for (int i = 0; i < measured.columns().size(); i++) {
            columns.add(judge(measured.columns().get(i), adjusted[i]));
        }
        Finding finding = overall(columns);
        return new DriftVerdict(finding.outcome(), finding.reason(), policy, measured, columns);
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
    private double[] adjustedPValues() {
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
        java.util.Arrays.fill(all, Double.NaN);
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

    private ColumnVerdict judge(ColumnMeasurement column, double adjusted) {
        Rule rule = ruleFor(column);
        List<String> violations = violations(column);
        OptionalDouble value = column.statistics().map(all -> all.value(rule.method())).orElse(OptionalDouble.empty());
        OptionalDouble p = Double.isNaN(adjusted) ? OptionalDouble.empty() : OptionalDouble.of(adjusted);
        if (rule.method() == Method.NONE) {
            return new ColumnVerdict(column, rule, Optional.empty(), value, p, "not judged", violations);
        }
        Optional<String> lacking = lacking(column);
        if (lacking.isPresent() || value.isEmpty()) {
            String reason = lacking.orElse(rule.method() + " cannot be computed: the reference is constant or the"
                    + " method does not fit the column's kind");
            return new ColumnVerdict(column, rule, Optional.of(undecided(column)), value, p, reason, violations);
        }
        boolean large = rule.method().exceeds(value.getAsDouble(), rule.threshold());
        boolean significant = p.isEmpty() || p.getAsDouble() <= policy.level();
        Outcome outcome = large && significant ? Outcome.FAIL : Outcome.PASS;
        return new ColumnVerdict(column, rule, Optional.of(outcome), value, p,
                explain(rule, value.getAsDouble(), large, p), violations);
    }

    /** A column that is empty on both sides did not change; one that has values somewhere might have. */
    private static Outcome undecided(ColumnMeasurement column) {
        boolean empty = column.reference().values() == 0 && column.current().values() == 0;
        boolean rows = column.reference().rows() > 0 && column.current().rows() > 0;
        return empty && rows ? Outcome.PASS : Outcome.INCONCLUSIVE;
    }

    private String explain(Rule rule, double value, boolean large, OptionalDouble p) {
        String compared = rule.method().isPValue() ? large ? "<" : "≥" : large ? "≥" : "<";
        String text = rule.method() + " " + number(value) + " " + compared + " " + number(rule.threshold());
        if (p.isEmpty()) {
            return text;
        }
        String sign = p.getAsDouble() <= policy.level() ? "≤" : ">";
        return text + ", p " + number(p.getAsDouble()) + " " + sign + " " + number(policy.level());
    }

    private List<String> violations(ColumnMeasurement column) {
        Side left = column.reference();
        Side right = column.current();
        List<String> violations = new ArrayList<>();
        if (right.nullShare() - left.nullShare() > policy.nullIncrease() && right.rows() >= policy.minimumRows()) {
            violations.add("missing values rose from " + percent(left.nullShare()) + " to "
                    + percent(right.nullShare()) + ", more than " + percent(policy.nullIncrease()) + " points");
        }
        if (right.infinite() > 0 && left.infinite() == 0) {
            violations.add(right.infinite() + " values are infinite; the reference has none");
        }
        return violations;
    }

    private record Finding(Outcome outcome, String reason) {}

    private Finding overall(List<ColumnVerdict> columns) {
        Optional<String> tooFew = tooFewRows();
        if (tooFew.isPresent()) {
            return new Finding(Outcome.INCONCLUSIVE, tooFew.get());
        }
        List<ColumnVerdict> judged = columns.stream().filter(Judge::isDecided).toList();
        List<ColumnVerdict> drifted = judged.stream().filter(ColumnVerdict::drifted).toList();
        boolean tooMany = drifted.size() > policy.tolerated() * judged.size();
        List<String> problems = problems(columns);
        if (tooMany || !problems.isEmpty()) {
            String sentence = Stream.concat(tooMany ? Stream.of(drifted(drifted, judged.size())) : Stream.empty(),
                    problems.stream().limit(NAMED)).collect(Collectors.joining("; "));
            return new Finding(Outcome.FAIL, sentence);
        }
        return undecided(columns, judged.size(), drifted.size());
    }

    private static boolean isDecided(ColumnVerdict column) {
        return column.outcome().filter(outcome -> outcome != Outcome.INCONCLUSIVE).isPresent();
    }

    private Optional<String> tooFewRows() {
        long needed = policy.minimumRows();
        if (measured.currentRows() < needed) {
            return Optional.of("the current data has " + measured.currentRows() + " rows; "
                    + (needed - measured.currentRows()) + " more are needed to judge (minimumRows " + needed + ")");
        }
        if (measured.referenceRows() < needed) {
            return Optional.of("the reference has " + measured.referenceRows() + " rows; "
                    + (needed - measured.referenceRows()) + " more are needed to judge (minimumRows " + needed + ")");
        }
        return Optional.empty();
    }

    private List<String> problems(List<ColumnVerdict> columns) {
        Stream<String> schema = measured.schema().stream().filter(this::fails).map(SchemaFinding::description);
        Stream<String> values = columns.stream()
                .flatMap(column -> column.violations().stream().map(text -> "column '" + column.name() + "': " + text));
        return Stream.concat(schema, values).toList();
    }

    private boolean fails(SchemaFinding finding) {
        return finding.change() == Change.ADDED ? policy.addedFails() : policy.missingFails();
    }

    private String drifted(List<ColumnVerdict> drifted, int judged) {
        String worst = drifted.stream()
                .sorted(java.util.Comparator.comparingDouble(ColumnVerdict::severity).reversed())
                .limit(NAMED)
                .map(column -> column.name() + " (" + column.reason() + ")")
                .collect(Collectors.joining(", "));
        return drifted.size() + " of " + judged + " columns drifted, tolerated are " + percent(policy.tolerated())
                + ": " + worst + (drifted.size() > NAMED ? ", …" : "");
    }

    private Finding undecided(List<ColumnVerdict> columns, int judged, int drifted) {
        List<ColumnVerdict> open = columns.stream()
                .filter(column -> column.outcome().filter(found -> found == Outcome.INCONCLUSIVE).isPresent())
                .toList();
        if (judged == 0 && open.isEmpty()) {
            return new Finding(Outcome.INCONCLUSIVE, "no column could be compared");
        }
        if (!open.isEmpty()) {
            return new Finding(Outcome.INCONCLUSIVE, open.size() + " of " + (open.size() + judged)
                    + " columns could not be judged: column '" + open.get(0).name() + "' " + open.get(0).reason());
        }
        return new Finding(Outcome.PASS, drifted + " of " + judged + " columns drifted, tolerated are "
                + percent(policy.tolerated()));
    }

    private static String number(double value) {
        if (value == 0 || Math.abs(value) >= 0.001 && Math.abs(value) < 1e6) {
            return String.format(Locale.ROOT, "%.4g", value).replaceFirst("\\.?0+$", "");
        }
        return String.format(Locale.ROOT, "%.2e", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", share * 100).replaceFirst("\\.0$", "") + " %";
    }
}
