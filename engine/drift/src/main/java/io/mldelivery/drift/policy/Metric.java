package io.mldelivery.drift.policy;

import java.util.Locale;

/** How the quality of a model's answers is measured. */
public enum Metric {
    /** Area under the ROC curve, 0 to 1. */
    ROC_AUC(true, true),
    /** The share of right answers. */
    ACCURACY(true, true),
    /** Mean logarithmic loss, natural logarithm. */
    LOG_LOSS(true, false),
    /** Mean squared distance of probability and truth, 0 to 1. */
    BRIER(true, false),
    /** Mean absolute error, in the label's unit. */
    MAE(false, false),
    /** Root of the mean squared error, in the label's unit. */
    RMSE(false, false);

    private final boolean classification;
    private final boolean higherIsBetter;

    Metric(boolean classification, boolean higherIsBetter) {
        this.classification = classification;
        this.higherIsBetter = higherIsBetter;
    }

    /** Whether labels are 0 and 1 and predictions probabilities; else both are numbers of one unit. */
    public boolean isClassification() {
        return classification;
    }

    /** How much worse the second value is; negative when it is better. */
    public double worsening(double before, double now) {
        return higherIsBetter ? before - now : now - before;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
