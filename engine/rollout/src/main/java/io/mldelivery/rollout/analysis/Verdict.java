package io.mldelivery.rollout.analysis;

import io.mldelivery.model.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the measurements say about the new version.
 *
 * @param reason one sentence with the numbers that decided
 */
public record Verdict(Outcome outcome, String reason, List<Measurement> measurements) {
    public Verdict {
        measurements = List.copyOf(measurements);
    }

    /** Nothing was measured yet. */
    public static Verdict nothingYet() {
        return new Verdict(Outcome.INCONCLUSIVE, "nothing measured yet", List.of());
    }

    /** Measuring failed. */
    public static Verdict error(String reason) {
        return new Verdict(Outcome.ERROR, reason, List.of());
    }

    /** The same with one more measurement that has no say. */
    public Verdict with(Measurement finding) {
        List<Measurement> all = new java.util.ArrayList<>(measurements);
        all.add(finding.asFinding());
        return new Verdict(outcome, reason, all);
    }

    /** The worst measurement decides; what is proved bad stays bad even when something else could not be measured. */
    static Verdict of(List<Measurement> measurements) {
        List<Measurement> deciding =
                measurements.stream().filter(Measurement::decides).toList();
        Outcome worst = deciding.stream()
                .map(Measurement::outcome)
                .reduce(Outcome.PASS, (a, b) -> a == Outcome.FAIL || b == Outcome.FAIL ? Outcome.FAIL : a.and(b));
        String reason = deciding.stream()
                .filter(measurement -> measurement.outcome() == worst)
                .map(Measurement::reason)
                .collect(Collectors.joining("; "));
        return new Verdict(worst, reason, measurements);
    }
}
