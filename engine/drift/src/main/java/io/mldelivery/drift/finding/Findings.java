package io.mldelivery.drift.finding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that was found besides single columns.
 *
 * @param importance how much a column matters to the model, from 0 to 1 for the most important; empty when not known
 * @param impact by how much the model's mean loss changes through a column's shift alone; empty when not known
 * @param notes what could not be looked at and why, one sentence each
 */
public record Findings(
        List<JointFinding> joint,
        List<PerformanceFinding> performance,
        List<Segment> segments,
        Map<String, Double> importance,
        Map<String, Double> impact,
        List<String> notes) {
    /** Nothing was asked. */
    public static final Findings NONE = new Findings(List.of(), List.of(), List.of(), Map.of(), Map.of(), List.of());

    public Findings {
        joint = List.copyOf(joint);
        performance = List.copyOf(performance);
        segments = List.copyOf(segments);
        importance = new LinkedHashMap<>(importance);
        impact = new LinkedHashMap<>(impact);
        notes = List.copyOf(notes);
    }
}
