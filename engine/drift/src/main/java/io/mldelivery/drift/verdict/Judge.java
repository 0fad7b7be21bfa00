package io.mldelivery.drift.verdict;

import io.mldelivery.drift.finding.Findings;
import io.mldelivery.drift.finding.JointFinding;
import io.mldelivery.drift.finding.PerformanceFinding;
import io.mldelivery.drift.measure.Measurements;
import io.mldelivery.drift.measure.SchemaFinding;
import io.mldelivery.drift.measure.SchemaFinding.Change;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.ModelRoles;
import io.mldelivery.model.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides about columns and about the check as a whole. A pure function of its inputs. */
public final class Judge {
    private static final int NAMED = 5;

    private final DriftPolicy policy;
    private final Measurements measured;
    private final Findings findings;
    private final Optional<RunMonitor> monitor;
    private final ColumnJudge columns;

    private Judge(DriftPolicy policy, Measurements measured, Findings findings, Optional<RunMonitor> monitor) {
        this.policy = policy;
        this.measured = measured;
        this.findings = findings;
        this.monitor = monitor;
        this.columns = new ColumnJudge(policy, measured, findings);
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
        double[] adjusted = columns.adjustedPValues();
        Optional<RunMonitor> watched = policy.further().runLength().isPresent() && enoughRows()
                ? Optional.of(watch(policy.further().runLength().getAsDouble(), adjusted))
                : monitor;
        List<ColumnVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < measured.columns().size(); i++) {
            verdicts.add(columns.judge(measured.columns().get(i), adjusted[i]));
        }
        Finding finding = overall(verdicts, watched.filter(RunMonitor::isAlarm));
        return new DriftVerdict(finding.outcome(), finding.reason(), policy, measured, verdicts, findings, watched);
    }

    private boolean enoughRows() {
        return Math.min(measured.currentRows(), measured.referenceRows()) >= policy.minimumRows();
    }

    private RunMonitor watch(double limit, double[] adjusted) {
        RunMonitor before = monitor.filter(known -> known.limit() == limit).orElse(RunMonitor.start(limit));
        return before.observe(
                Arrays.stream(adjusted).filter(p -> !Double.isNaN(p)).min().orElse(1));
    }

    private record Finding(Outcome outcome, String reason) {}

    private Finding overall(List<ColumnVerdict> verdicts, Optional<RunMonitor> alarm) {
        Optional<String> tooFew = tooFewRows();
        if (tooFew.isPresent()) {
            return new Finding(Outcome.INCONCLUSIVE, tooFew.get());
        }
        List<ColumnVerdict> judged = verdicts.stream().filter(Judge::isDecided).toList();
        List<ColumnVerdict> drifted =
                judged.stream().filter(ColumnVerdict::drifted).toList();
        boolean tooMany = drifted.size() > policy.tolerated() * judged.size();
        List<String> problems = new ArrayList<>(problems(verdicts));
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
        return undecided(verdicts, judged.size(), drifted.size());
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

    private List<String> problems(List<ColumnVerdict> verdicts) {
        Stream<String> schema = measured.schema().stream().filter(this::fails).map(SchemaFinding::description);
        Stream<String> values = verdicts.stream()
                .flatMap(column -> column.violations().stream().map(text -> "column '" + column.name() + "': " + text));
        return Stream.concat(schema, values).toList();
    }

    private String performance(PerformanceFinding finding) {
        return (isConceptDrift(finding) ? "concept drift, " : "") + finding.kind() + " " + finding.metric()
                + " went from " + Wording.number(finding.reference()) + " to "
                + Wording.number(finding.current()) + ", tolerated is "
                + Wording.number(
                        policy.further().model().map(ModelRoles::tolerance).orElse(0.0)) + ", p "
                + Wording.pValue(finding.pValue().orElse(1));
    }

    /** Realised worse, and estimated from the inputs not: what the inputs mean has changed. */
    private boolean isConceptDrift(PerformanceFinding finding) {
        List<PerformanceFinding> others = findings.performance().stream()
                .filter(other -> !other.kind().equals(finding.kind()))
                .toList();
        return finding.kind().equals("realised")
                && !others.isEmpty()
                && others.stream().noneMatch(PerformanceFinding::worse);
    }

    private static String joint(JointFinding finding) {
        String causes = finding.causes().stream()
                .limit(3)
                .map(JointFinding.Cause::column)
                .collect(Collectors.joining(", "));
        return finding.analysis() + " on " + finding.subject() + " " + Wording.number(finding.value()) + " ≥ "
                + Wording.number(finding.threshold()) + ", p "
                + Wording.pValue(finding.pValue().orElse(1))
                + (causes.isEmpty() ? "" : " (" + causes + ")");
    }

    private static String alarm(RunMonitor monitor) {
        String checks = monitor.checks() == 1
                ? "the last check shows"
                : "the last " + monitor.checks() + " checks together show";
        return checks + " drift (statistic " + Wording.number(monitor.statistic()) + " ≥ "
                + Wording.number(monitor.limit()) + ")";
    }

    private boolean fails(SchemaFinding finding) {
        if (finding.change() == Change.MISSING && columns.isLabel(finding.column())) {
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
        return drifted.size() + " of " + judged + " columns drifted, tolerated are "
                + Wording.percent(policy.tolerated()) + ": " + worst + (drifted.size() > NAMED ? ", …" : "");
    }

    private Finding undecided(List<ColumnVerdict> verdicts, int judged, int drifted) {
        List<ColumnVerdict> open = verdicts.stream()
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
                drifted + " of " + judged + " columns drifted, tolerated are " + Wording.percent(policy.tolerated()));
    }
}
