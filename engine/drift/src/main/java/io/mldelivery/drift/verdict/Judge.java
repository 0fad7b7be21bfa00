package io.mldelivery.drift.verdict;

import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.engine.Side;
import io.mldelivery.drift.finding.Findings;
import io.mldelivery.drift.finding.JointFinding;
import io.mldelivery.drift.finding.PerformanceFinding;
import io.mldelivery.drift.measure.ColumnMeasurement;
import io.mldelivery.drift.measure.Measurements;
import io.mldelivery.drift.measure.Novelty;
import io.mldelivery.drift.measure.SchemaFinding;
import io.mldelivery.drift.measure.SchemaFinding.Change;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Decides about columns and about the check as a whole. A pure function of its inputs. */
public final class Judge {
    private static final int NAMED = 5;
    private static final double LEAST_P = 1e-300;

    /** Tests for values that the reference has not seen take so much of the accepted rate of false alarms. */
    private static final double PART_FOR_NOVELTY = 0.1;

    private final DriftPolicy policy;
    private final Measurements measured;
    private final Findings findings;
    private final Optional<RunMonitor> monitor;

    private Judge(DriftPolicy policy, Measurements measured, Findings findings, Optional<RunMonitor> monitor) {
        this.policy = policy;
        this.measured = measured;
        this.findings = findings;
        this.monitor = monitor;
    }

    /** Judges single columns alone. */
    public static DriftVerdict judge(Measurements measured, DriftPolicy policy) {
        return judge(measured, Findings.NONE, policy, Optional.empty());
    }

    /**
     * Judges everything.
     *
     * @param before where the monitoring over builds stood; empty at the first build
     */
    public static DriftVerdict judge(
            Measurements measured, Findings findings, DriftPolicy policy, Optional<RunMonitor> before) {
        return new Judge(policy, measured, findings, before).judge();
    }

    private DriftVerdict judge() {
        double[] adjusted = adjustedPValues();
        Optional<RunMonitor> watched = policy.further().runLength().isPresent() && enoughRows()
                ? Optional.of(watch(policy.further().runLength().getAsDouble(), adjusted))
                : monitor;
        List<ColumnVerdict> columns = new ArrayList<>();
        for (int i = 0; i < measured.columns().size(); i++) {
            columns.add(judge(measured.columns().get(i), adjusted[i]));
        }
        Finding finding = overall(columns, watched.filter(RunMonitor::isAlarm));
        return new DriftVerdict(finding.outcome(), finding.reason(), policy, measured, columns, findings, watched);
    }

    private boolean enoughRows() {
        return Math.min(measured.currentRows(), measured.referenceRows()) >= policy.minimumRows();
    }

    private RunMonitor watch(double limit, double[] adjusted) {
        RunMonitor before = monitor.filter(known -> known.limit() == limit).orElse(RunMonitor.start(limit));
        return before.observe(
                Arrays.stream(adjusted).filter(p -> !Double.isNaN(p)).min().orElse(1));
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

    private ColumnVerdict judge(ColumnMeasurement column, double adjusted) {
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
                explain(rule, value.getAsDouble(), large, adjusted)
                        + (large ? moved(column) : "")
                        + unseen.map(text -> "; " + text).orElse(""));
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
                            + percent(plot.reference().get(most)) + " → "
                            + percent(plot.current().get(most));
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
                : rule.method() + " " + number(value) + " " + compared + " " + number(rule.threshold());
        if (Double.isNaN(p)) {
            return text;
        }
        String sign = p <= policy.level() ? "≤" : ">";
        return text + (p < LEAST_P ? ", p < 1e-300" : ", p " + number(p) + " " + sign + " " + number(policy.level()));
    }

    /** Labels come later than the data: a current table without any is nothing to complain of. */
    private boolean isAwaited(String column, Side current) {
        return isLabel(column) && current.values() == 0;
    }

    private boolean isLabel(String column) {
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
            violations.add("missing values rose from " + percent(left.nullShare()) + " to " + percent(right.nullShare())
                    + ", more than " + percent(policy.nullIncrease()) + " points");
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
        return Optional.of(percent(novelty.share())
                + (categories
                        ? " of the values are of categories that the reference does not have"
                        : " of the values lie outside of the reference's range")
                + ", more than " + percent(limit));
    }

    private record Finding(Outcome outcome, String reason) {}

    private Finding overall(List<ColumnVerdict> columns, Optional<RunMonitor> alarm) {
        Optional<String> tooFew = tooFewRows();
        if (tooFew.isPresent()) {
            return new Finding(Outcome.INCONCLUSIVE, tooFew.get());
        }
        List<ColumnVerdict> judged = columns.stream().filter(Judge::isDecided).toList();
        List<ColumnVerdict> drifted =
                judged.stream().filter(ColumnVerdict::drifted).toList();
        boolean tooMany = drifted.size() > policy.tolerated() * judged.size();
        List<String> problems = new ArrayList<>(problems(columns));
        findings.performance().stream()
                .filter(PerformanceFinding::worse)
                .map(this::performance)
                .forEach(problems::add);
        findings.joint().stream()
                .filter(JointFinding::drifted)
                .map(Judge::joint)
                .forEach(problems::add);
        alarm.map(Judge::alarm).ifPresent(problems::add);
        if (tooMany || !problems.isEmpty()) {
            String sentence = Stream.concat(
                            tooMany ? Stream.of(drifted(drifted, judged.size())) : Stream.empty(),
                            problems.stream().limit(NAMED))
                    .collect(Collectors.joining("; "));
            return new Finding(Outcome.FAIL, sentence);
        }
        return undecided(columns, judged.size(), drifted.size());
    }

    private static boolean isDecided(ColumnVerdict column) {
        return column.outcome()
                .filter(outcome -> outcome != Outcome.INCONCLUSIVE)
                .isPresent();
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

    private String performance(PerformanceFinding finding) {
        return finding.kind() + " " + finding.metric() + " went from " + number(finding.reference()) + " to "
                + number(finding.current()) + ", tolerated is "
                + number(policy.further().model().map(ModelRoles::tolerance).orElse(0.0)) + ", p "
                + small(finding.pValue().orElse(1));
    }

    private static String joint(JointFinding finding) {
        String causes = finding.causes().stream()
                .limit(3)
                .map(JointFinding.Cause::column)
                .collect(Collectors.joining(", "));
        return finding.analysis() + " on " + finding.subject() + " " + number(finding.value()) + " ≥ "
                + number(finding.threshold()) + ", p " + small(finding.pValue().orElse(1))
                + (causes.isEmpty() ? "" : " (" + causes + ")");
    }

    private static String small(double p) {
        return p < LEAST_P ? "< 1e-300" : number(p);
    }

    private static String alarm(RunMonitor monitor) {
        return "the last " + monitor.checks() + " checks together show drift (statistic " + number(monitor.statistic())
                + " ≥ " + number(monitor.limit()) + ")";
    }

    private boolean fails(SchemaFinding finding) {
        if (finding.change() == Change.MISSING && isLabel(finding.column())) {
            return false;
        }
        return finding.change() == Change.ADDED ? policy.addedFails() : policy.missingFails();
    }

    private String drifted(List<ColumnVerdict> drifted, int judged) {
        String worst = drifted.stream()
                .sorted(Comparator.comparingDouble(ColumnVerdict::severity).reversed())
                .limit(NAMED)
                .map(column -> column.name() + " (" + column.reason() + ")")
                .collect(Collectors.joining(", "));
        return drifted.size() + " of " + judged + " columns drifted, tolerated are " + percent(policy.tolerated())
                + ": " + worst + (drifted.size() > NAMED ? ", …" : "");
    }

    private Finding undecided(List<ColumnVerdict> columns, int judged, int drifted) {
        List<ColumnVerdict> open = columns.stream()
                .filter(column -> column.outcome()
                        .filter(found -> found == Outcome.INCONCLUSIVE)
                        .isPresent())
                .toList();
        if (judged == 0 && open.isEmpty()) {
            return new Finding(Outcome.INCONCLUSIVE, "no column could be compared");
        }
        if (!open.isEmpty()) {
            return new Finding(
                    Outcome.INCONCLUSIVE,
                    open.size() + " of " + (open.size() + judged) + " columns could not be judged: column '"
                            + open.get(0).name() + "' " + open.get(0).reason());
        }
        return new Finding(
                Outcome.PASS,
                drifted + " of " + judged + " columns drifted, tolerated are " + percent(policy.tolerated()));
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
