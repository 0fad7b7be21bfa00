package io.mldelivery.drift.policy;

import io.mldelivery.stats.MultipleTesting;
import java.util.Locale;

/** How p-values are adjusted for the number of columns. */
public enum Correction {
    /** Bounds the share of false findings among the findings; when nothing drifts, the chance of any. */
    BENJAMINI_HOCHBERG,
    /** Bounds the chance of any false finding. */
    HOLM,
    /** Every column has false alarms at the level's rate. */
    NONE;

    /** The adjusted p-values, in the order given. */
    public double[] adjust(double... pValues) {
        return switch (this) {
            case BENJAMINI_HOCHBERG -> MultipleTesting.BENJAMINI_HOCHBERG.adjust(pValues);
            case HOLM -> MultipleTesting.HOLM.adjust(pValues);
            case NONE -> pValues.clone();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
