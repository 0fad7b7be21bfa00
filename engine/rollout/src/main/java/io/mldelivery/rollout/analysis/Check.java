package io.mldelivery.rollout.analysis;

import java.util.Optional;

/** One question about the new version that gathers evidence look by look. */
sealed interface Check
        permits MinimumSuccessRate,
                SuccessRateAgainstOld,
                MaximumLatency,
                LatencyAgainstOld,
                MaximumMeanLatency,
                MeanLatencyAgainstOld,
                PredictionsAgainstOld,
                MinimumAccuracy,
                AccuracyAgainstOld {
    /** The share of a check's budget that a test with a known maximum gets; the rest watches for what comes late. */
    double SPENT_BY_PATH = 0.7;

    /** Names the check's evidence in the state. */
    String name();

    /** Whether its limit is the old version's value, or a multiple of it. */
    default boolean againstOld() {
        return false;
    }

    /**
     * Adds what one look brought.
     *
     * @param past everything before this look
     */
    SequentialEvidence update(AnalysisState past, VersionCounts candidate, VersionCounts stable);

    /** What all data so far say. */
    Measurement judge(Question question);

    /**
     * What a check is asked.
     *
     * @param minimum requests of the new version before anything may pass
     * @param alpha this check's share of the false-alarm budget
     * @param path how far the test with a known maximum is, if this check has one; it has most of the budget then
     * @param rate requests of the new version a second; NaN when not known
     */
    record Question(
            AnalysisState state,
            SequentialEvidence evidence,
            Optional<SpendingPath> path,
            long minimum,
            double alpha,
            double rate) {
        /** Evidence from here on proves the limit broken. */
        double threshold() {
            return -Math.log(path.isPresent() ? alpha * (1 - SPENT_BY_PATH) : alpha);
        }

        boolean proved() {
            return evidence.peak() >= threshold()
                    || path.filter(SpendingPath::crossed).isPresent();
        }

        /** Some evidence, though no proof: not the moment to give the new version more traffic. */
        boolean suspicious() {
            return evidence.logarithm() > Math.log(5);
        }

        long missing() {
            return Math.max(0, minimum - state.candidate().requests());
        }
    }
}
