package io.mldelivery.rollout.analysis;

import io.mldelivery.rollout.plan.AnalysisPlan;
import io.mldelivery.rollout.plan.FeedbackLimit;
import io.mldelivery.rollout.plan.LatencyLimit;
import io.mldelivery.rollout.plan.MetricPlan;
import io.mldelivery.rollout.plan.SuccessRateLimit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The judge of a rollout. Its checks share the false-alarm budget evenly, so that a version which meets every limit is
 * failed with at most that probability in the whole rollout, at however many looks.
 *
 * <p>Pure: all memory is in the {@link AnalysisState} that goes in and comes out.
 */
public final class RolloutAnalysis {
    private final AnalysisPlan plan;
    private final List<Check> checks;

    /** @param hasOld whether there is an old version to compare with; without, only absolute limits are checked */
    public RolloutAnalysis(AnalysisPlan plan, boolean hasOld) {
        this.plan = plan;
        this.checks = checks(plan, hasOld);
    }

    private static List<Check> checks(AnalysisPlan plan, boolean hasOld) {
        List<Check> checks = new ArrayList<>();
        plan.successRate().ifPresent(limit -> addSuccess(checks, limit, hasOld));
        plan.latency().ifPresent(limit -> addLatency(checks, limit, hasOld));
        plan.feedback().ifPresent(limit -> addFeedback(checks, limit, hasOld));
        plan.predictions()
                .filter(limit -> hasOld)
                .ifPresent(limit -> checks.add(new PredictionsAgainstOld(limit.gate())));
        return List.copyOf(checks);
    }

    private static void addSuccess(List<Check> checks, SuccessRateLimit limit, boolean hasOld) {
        limit.min().ifPresent(min -> checks.add(new MinimumSuccessRate(min)));
        if (limit.compare() && hasOld) {
            checks.add(new SuccessRateAgainstOld());
        }
    }

    private static void addLatency(List<Check> checks, LatencyLimit limit, boolean hasOld) {
        limit.max().ifPresent(max -> checks.add(new MaximumLatency(limit.quantile(), max.toNanos() / 1e9)));
        limit.meanMax().ifPresent(max -> checks.add(new MaximumMeanLatency(max.toNanos() / 1e9)));
        if (hasOld) {
            limit.ratio().ifPresent(ratio -> checks.add(new LatencyAgainstOld(limit.quantile(), ratio)));
            limit.meanRatio().ifPresent(ratio -> checks.add(new MeanLatencyAgainstOld(ratio)));
        }
    }

    private static void addFeedback(List<Check> checks, FeedbackLimit limit, boolean hasOld) {
        limit.min().ifPresent(min -> checks.add(new MinimumAccuracy(min, limit.minimumLabels())));
        if (limit.compare() && hasOld) {
            checks.add(new AccuracyAgainstOld(limit.minimumLabels()));
        }
    }

    /** Whether anything decides; without an old version a plan of mere comparisons checks nothing. */
    public boolean checksAnything() {
        return checks.stream().anyMatch(RolloutAnalysis::decides)
                || plan.metrics().stream().anyMatch(metric -> !metric.dryRun());
    }

    private static boolean decides(Check check) {
        return !(check instanceof PredictionsAgainstOld predictions) || predictions.gate();
    }

    /** Each check's share of the budget. */
    private double alpha() {
        long compared = plan.metrics().stream()
                .filter(metric -> metric.worse().isPresent() && !metric.dryRun())
                .count();
        return plan.falseAlarms()
                / Math.max(1, checks.stream().filter(RolloutAnalysis::decides).count() + compared);
    }

    /** Takes in what both versions answered since the last look. */
    public AnalysisState observe(AnalysisState state, VersionCounts candidate, VersionCounts stable) {
        Map<String, SequentialEvidence> evidence = new LinkedHashMap<>();
        Map<String, SpendingPath> paths = new LinkedHashMap<>();
        for (Check check : checks) {
            evidence.put(check.name(), check.update(state, candidate, stable));
            path(state, check)
                    .ifPresent(path -> paths.put(
                            check.name(),
                            path.update(candidate, stable, alpha() * Check.SPENT_BY_PATH, plan.maximumRequests())));
        }
        return state.plus(candidate, stable, evidence).with(paths);
    }

    private Optional<SpendingPath> path(AnalysisState state, Check check) {
        return plan.maximumRequests() > 0 && check instanceof SuccessRateAgainstOld
                ? Optional.of(state.paths().getOrDefault(check.name(), SpendingPath.START))
                : Optional.empty();
    }

    /** Takes in one measurement of a metric of the plan. */
    public AnalysisState take(AnalysisState state, MetricPlan metric, Reading reading) {
        return state.with(metric.name(), new MetricRule(metric, alpha()).take(state.tally(metric.name()), reading));
    }

    /** What all looks so far say. */
    public Verdict verdict(AnalysisState state) {
        return verdict(state, Double.NaN);
    }

    /** @param rate requests of the new version a second, for the forecast; NaN when not known */
    public Verdict verdict(AnalysisState state, double rate) {
        if (!checksAnything()) {
            return Verdict.error("the plan has only comparisons with an old version, and there is none");
        }
        List<Measurement> measurements = new ArrayList<>();
        for (Check check : checks) {
            Measurement measured = check.judge(new Check.Question(
                    state, state.of(check.name()), path(state, check), plan.minimumRequests(), alpha(), rate));
            measurements.add(check.againstOld() ? measured.comparing() : measured);
        }
        for (MetricPlan metric : plan.metrics()) {
            measurements.add(new MetricRule(metric, alpha()).judge(state.tally(metric.name())));
        }
        return Verdict.of(measurements);
    }
}
