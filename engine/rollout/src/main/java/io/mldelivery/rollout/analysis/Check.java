package io.mldelivery.rollout.analysis;

/** One question about the new version that gathers evidence look by look. */
sealed interface Check permits MinimumSuccessRate, SuccessRateAgainstOld, MaximumLatency, LatencyAgainstOld {
    /** Names the check's evidence in the state. */
    String name();

    /** Adds what one look brought. */
    SequentialEvidence update(SequentialEvidence before, VersionCounts candidate, VersionCounts stable);

    /** What all data so far say. */
    Measurement judge(Question question);

    /**
     * What a check is asked.
     *
     * @param minimum requests of the new version before anything may pass
     * @param alpha this check's share of the false-alarm budget
     */
    record Question(AnalysisState state, SequentialEvidence evidence, long minimum, double alpha) {
        /** Evidence from here on proves the limit broken. */
        double threshold() {
            return -Math.log(alpha);
        }

        boolean proved() {
            return evidence.peak() >= threshold();
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
