package io.mldelivery.rollout.analysis;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that the analysis must remember between two looks and over a restart.
 *
 * @param candidate what the new version answered since measuring began
 * @param stable what the old version answered in the same time
 * @param evidence what each check has gathered against the new version, by the check's name
 */
public record AnalysisState(VersionCounts candidate, VersionCounts stable, Map<String, SequentialEvidence> evidence) {
    public AnalysisState {
        evidence = Map.copyOf(evidence);
    }

    public static AnalysisState fresh() {
        return new AnalysisState(VersionCounts.NONE, VersionCounts.NONE, Map.of());
    }

    SequentialEvidence of(String check) {
        return evidence.getOrDefault(check, SequentialEvidence.none(Alternatives.count()));
    }

    AnalysisState plus(VersionCounts candidateMore, VersionCounts stableMore, Map<String, SequentialEvidence> updated) {
        Map<String, SequentialEvidence> all = new LinkedHashMap<>(evidence);
        all.putAll(updated);
        return new AnalysisState(candidate.plus(candidateMore), stable.plus(stableMore), all);
    }
}
