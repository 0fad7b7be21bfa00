package io.mldelivery.gate.policy;

/** How candidate and champion are compared on the same rows. */
public enum TestMethod {
    /** DeLong for roc_auc, McNemar for accuracy, the delta method for the rest. */
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
    PERMUTATION
}
