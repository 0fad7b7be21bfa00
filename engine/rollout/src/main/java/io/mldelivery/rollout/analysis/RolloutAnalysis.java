package io.mldelivery.rollout.analysis;

import io.mldelivery.rollout.plan.AnalysisPlan;
import io.mldelivery.rollout.plan.LatencyLimit;
import io.mldelivery.rollout.plan.SuccessRateLimit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        if (hasOld) {
            limit.ratio().ifPresent(ratio -> checks.add(new LatencyAgainstOld(limit.quantile(), ratio)));
        }
    }

    /** Whether anything at all is checked; without an old version a plan of mere comparisons checks nothing. */
    public boolean checksAnything() {
        return !checks.isEmpty();
    }

    /** Takes in what both versions answered since the last look. */
    public AnalysisState observe(AnalysisState state, VersionCounts candidate, VersionCounts stable) {
        Map<String, SequentialEvidence> evidence = new LinkedHashMap<>();
        for (Check check : checks) {
            evidence.put(check.name(), check.update(state.of(check.name()), candidate, stable));
        }
        return state.plus(candidate, stable, evidence);
    }

    /** What all looks so far say. */
    public Verdict verdict(AnalysisState state) {
        if (checks.isEmpty()) {
            return Verdict.error("the plan has only comparisons with an old version, and there is none");
        }
        double alpha = plan.falseAlarms() / checks.size();
        return Verdict.of(checks.stream()
                .map(check -> check.judge(
                        new Check.Question(state, state.of(check.name()), plan.minimumRequests(), alpha)))
                .toList());
    }
}
