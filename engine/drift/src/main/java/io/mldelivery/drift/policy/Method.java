package io.mldelivery.drift.policy;

import java.util.Locale;

/** What a column's drift is measured by, and on which side of the threshold it lies. */
public enum Method {
    /** Kolmogorov-Smirnov statistic: the largest distance of the distribution functions, 0 to 1. */
    KS(Scale.NUMBERS, false),
    /** p-value of the Kolmogorov-Smirnov test. */
    KS_P_VALUE(Scale.NUMBERS, true),
    /** Wasserstein distance in the column's unit. */
    WASSERSTEIN(Scale.NUMBERS, false),
    /** Wasserstein distance in standard deviations of the reference. */
    WASSERSTEIN_NORMED(Scale.NUMBERS, false),
    /** Population stability index, on the reference's deciles or on the categories. */
    PSI(Scale.BOTH, false),
    /** Jensen-Shannon distance, natural logarithm, 0 to 0.83. */
    JENSEN_SHANNON(Scale.BOTH, false),
    /** Total variation distance: the share of rows that would have to change, 0 to 1. */
    TOTAL_VARIATION(Scale.BOTH, false),
    /** p-value of the chi-square test of homogeneity. */
    CHI_SQUARE_P_VALUE(Scale.CATEGORIES, true),
    /** p-value of the chi-square test of fit to the reference, which is taken as exact. */
    CHI_SQUARE_FIT_P_VALUE(Scale.CATEGORIES, true),
    /** p-value of the two-proportion z-test, for columns with two categories. */
    Z_P_VALUE(Scale.CATEGORIES, true),
    /** Hellinger distance, 0 to 1. */
    HELLINGER(Scale.BOTH, false),
    /** Kullback-Leibler divergence of the reference from the current data, in nats; shares below 1e-4 are raised to it. */
    KULLBACK_LEIBLER(Scale.BOTH, false),
    /** The largest difference of a share. */
    L_INFINITY(Scale.BOTH, false),
    /** Energy distance, in the square root of the column's unit. */
    ENERGY(Scale.NUMBERS, false),
    /** Anderson-Darling's two-sample statistic, standardized; 2 is about significant at 5 %. */
    ANDERSON_DARLING(Scale.NUMBERS, false),
    /** p-value of the Cramér-von Mises test. */
    CRAMER_VON_MISES_P_VALUE(Scale.NUMBERS, true),
    /** p-value of the Mann-Whitney test. */
    MANN_WHITNEY_P_VALUE(Scale.NUMBERS, true),
    /** p-value of the G-test of homogeneity. */
    G_P_VALUE(Scale.CATEGORIES, true),
    /** p-value of Fisher's exact test, for columns with two categories. */
    FISHER_P_VALUE(Scale.CATEGORIES, true),
    /** The column is shown and not judged. */
    NONE(Scale.BOTH, false);

    private enum Scale {
        NUMBERS,
        CATEGORIES,
        BOTH
    }

    private final Scale scale;
    private final boolean pValue;

    Method(Scale scale, boolean pValue) {
        this.scale = scale;
        this.pValue = pValue;
    }

    /** Whether the measure is a p-value: drift is below the threshold then, else at it or above. */
    public boolean isPValue() {
        return pValue;
    }

    public boolean fitsNumbers() {
        return scale != Scale.CATEGORIES;
    }

    public boolean fitsCategories() {
        return scale != Scale.NUMBERS;
    }

    /** Whether the measure lies on the drifted side of a threshold. */
    public boolean exceeds(double value, double threshold) {
        if (this == KS_P_VALUE) {
            return value <= threshold;
        }
        return pValue ? value < threshold : value >= threshold;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
