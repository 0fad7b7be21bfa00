package io.mldelivery.gate.policy;

/** How candidate and champion are compared on the same rows. */
public enum TestMethod {
    /** Chosen by metric and data. */
    AUTO,
    /** DeLong's covariance of two ROC curves. */
    DELONG,
    /** McNemar's mid-p test, with Tango's interval of the difference. */
    MCNEMAR,
    /** McNemar's exact test, with Tango's interval of the difference. */
    MCNEMAR_EXACT,
    /** The metric's influence function: a normal approximation, for every smooth metric. */
    DELTA,
    /** Bootstrap of row pairs: bias-corrected and accelerated, stratified by class, seeded. */
    BOOTSTRAP,
    /** Student's t of the rows' losses; for metrics that are means over rows. */
    PAIRED_T,
    /** Wilcoxon's signed ranks of the rows' losses; for metrics that are means over rows. */
    WILCOXON,
    /** Random swaps of candidate and champion on each row; for metrics that are means over rows. */
    PERMUTATION,
    /** Two independent shares, with R. G. Newcombe's interval; for accuracy and selection_rate on different rows. */
    TWO_PROPORTION,
    /** Welch's t of two means with unequal variances; for metrics that are means over rows, on different rows. */
    WELCH,
    /** Mann and Whitney's ranks, for the shift between the losses of different rows. */
    MANN_WHITNEY;

    /** Whether the method is for models that were scored on different rows. */
    public boolean isForDifferentRows() {
        return this == TWO_PROPORTION || this == WELCH || this == MANN_WHITNEY;
    }
}
