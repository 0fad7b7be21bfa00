package io.mldelivery.rollout.analysis;

import io.mldelivery.model.Outcome;
import java.util.Optional;

/**
 * One checked quantity.
 *
 * @param metric what was measured, such as {@code success rate} or {@code latency p99 s}
 * @param version {@code new} compared with a limit, or with the old version
 * @param value the new version's value; empty without data
 * @param limit the limit, or the old version's value; empty while the old version has no data
 * @param samples the new version's requests, or measurements for a metric of the plan
 * @param pValue bound on the probability of evidence this strong, were the limit met; 1 when there is none
 * @param decides whether it has a say; a finding or a dry run has none
 * @param reason one sentence with the numbers
 * @param againstOld whether {@code limit} is the old version's value, or a multiple of it
 */
public record Measurement(
        String metric,
        String version,
        Optional<Double> value,
        Optional<Double> limit,
        long samples,
        double pValue,
        boolean decides,
        Outcome outcome,
        String reason,
        boolean againstOld) {

    Measurement(
            String metric,
            String version,
            Optional<Double> value,
            Optional<Double> limit,
            long samples,
            double pValue,
            boolean decides,
            Outcome outcome,
            String reason) {
        this(metric, version, value, limit, samples, pValue, decides, outcome, reason, false);
    }

    /** Something to tell that has no say and no limit. */
    public static Measurement finding(
            String metric, Optional<Double> value, long samples, Outcome outcome, String reason) {
        return new Measurement(metric, "new", value, Optional.empty(), samples, 1, false, outcome, reason);
    }

    /** The same, told as a comparison with the old version's value. */
    Measurement comparing() {
        return new Measurement(metric, version, value, limit, samples, pValue, decides, outcome, reason, true);
    }

    /** The same without a say. */
    Measurement asFinding() {
        return new Measurement(metric, version, value, limit, samples, pValue, false, outcome, reason, againstOld);
    }
}
