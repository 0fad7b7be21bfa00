package io.mldelivery.drift.policy;

import java.util.OptionalDouble;

/**
 * Which questions about all columns together are asked, and where drift begins for each; an absent one is not asked.
 *
 * @param classifier area under the ROC curve of a classifier that tells reference from current rows, 0.5 to 1
 * @param reconstruction growth of the error of principal components, in standard deviations of the reference's error
 * @param meanDiscrepancy maximum mean discrepancy (Gaussian kernel), 0 to about 1.4
 */
public record Joint(OptionalDouble classifier, OptionalDouble reconstruction, OptionalDouble meanDiscrepancy) {
    /** Nothing is asked. */
    public static final Joint NONE = new Joint(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    public boolean isEmpty() {
        return classifier.isEmpty() && reconstruction.isEmpty() && meanDiscrepancy.isEmpty();
    }
}
