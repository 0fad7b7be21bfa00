package io.mldelivery.drift.policy;

import io.mldelivery.data.ColumnKind;

/**
 * Which test Evidently's data drift preset (version 0.7) takes for a column. Up to 1,000 values of the reference:
 * p-values at 0.05 without correction; beyond: distances at 0.1.
 */
public final class EvidentlyRules {
    /** Whole numbers with at most so many different values in the current data are categories. */
    public static final int CATEGORIES = 10;

    private static final int SMALL = 1000;
    private static final int FEW_VALUES = 5;

    private EvidentlyRules() {}

    /**
     * The rule for a column.
     *
     * @param referenceValues how many values of the column the reference has, missing ones left out
     * @param distinct different values in both samples together
     */
    public static Rule ruleFor(ColumnKind kind, long referenceValues, long distinct) {
        boolean numbers = kind != ColumnKind.CATEGORICAL && distinct > FEW_VALUES;
        if (referenceValues > SMALL) {
            return new Rule(numbers ? Method.WASSERSTEIN_NORMED : Method.JENSEN_SHANNON, 0.1, false);
        }
        Method test = numbers ? Method.KS_P_VALUE : distinct > 2 ? Method.CHI_SQUARE_FIT_P_VALUE : Method.Z_P_VALUE;
        return new Rule(test, 0.05, false);
    }
}
