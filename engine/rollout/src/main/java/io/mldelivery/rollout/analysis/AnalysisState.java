package io.mldelivery.rollout.analysis;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that the analysis must remember between two looks and over a restart.
 *
 * @param candidate what the new version answered since measuring began
 * @param stable what the old version answered in the same time
 * @param evidence what each check has gathered against the new version, by the check's name
 * @param tallies what each metric of the plan has measured, by its name
 * @param paths how far the checks with a known maximum are, by the check's name
 */
public record AnalysisState(
        VersionCounts candidate,
        VersionCounts stable,
        Map<String, SequentialEvidence> evidence,
        Map<String, MetricTally> tallies,
        Map<String, SpendingPath> paths) {
    public AnalysisState {
        evidence = Map.copyOf(evidence);
        tallies = tallies == null ? Map.of() : Map.copyOf(tallies);
        paths = paths == null ? Map.of() : Map.copyOf(paths);
    }

    public static AnalysisState fresh() {
        return new AnalysisState(VersionCounts.NONE, VersionCounts.NONE, Map.of(), Map.of(), Map.of());
    }

    SequentialEvidence of(String check) {
        return evidence.getOrDefault(check, SequentialEvidence.none(Alternatives.count()));
    }

    MetricTally tally(String metric) {
        return tallies.getOrDefault(metric, MetricTally.NONE);
    }

    AnalysisState plus(VersionCounts candidateMore, VersionCounts stableMore, Map<String, SequentialEvidence> updated) {
        Map<String, SequentialEvidence> all = new LinkedHashMap<>(evidence);
        all.putAll(updated);
        return new AnalysisState(candidate.plus(candidateMore), stable.plus(stableMore), all, tallies, paths);
    }

    AnalysisState with(String metric, MetricTally tally) {
        Map<String, MetricTally> all = new LinkedHashMap<>(tallies);
        all.put(metric, tally);
        return new AnalysisState(candidate, stable, evidence, all, paths);
    }

    AnalysisState with(Map<String, SpendingPath> further) {
        return new AnalysisState(candidate, stable, evidence, tallies, further);
    }
}
