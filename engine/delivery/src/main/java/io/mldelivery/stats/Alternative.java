package io.mldelivery.stats;

/** What a test is to show about the first sample's parameter against the second's. */
public enum Alternative {
    /** They differ. */
    TWO_SIDED,
    /** The first is smaller. */
    LESS,
    /** The first is greater. */
    GREATER;

    /** The p-value of a standard normal statistic. */
    public double pValue(double z) {
        return switch (this) {
            case TWO_SIDED -> Math.min(1, 2 * Tails.normalSurvival(Math.abs(z)));
            case LESS -> Tails.normalSurvival(-z);
            case GREATER -> Tails.normalSurvival(z);
        };
    }

    org.apache.commons.statistics.inference.AlternativeHypothesis commons() {
        return switch (this) {
            case TWO_SIDED -> org.apache.commons.statistics.inference.AlternativeHypothesis.TWO_SIDED;
            case LESS -> org.apache.commons.statistics.inference.AlternativeHypothesis.LESS_THAN;
            case GREATER -> org.apache.commons.statistics.inference.AlternativeHypothesis.GREATER_THAN;
        };
    }
}
