package io.mldelivery.drift.policy;

import java.util.OptionalDouble;

/**
 * What is asked about columns of text besides their length.
 *
 * @param classifier area under the ROC curve of a classifier on hashed words that tells reference from current texts
 * @param unknownWords growth of the share of words that the reference does not have, 0 to 1
 */
public record TextRules(OptionalDouble classifier, OptionalDouble unknownWords) {
    /** Nothing is asked. */
    public static final TextRules NONE = new TextRules(OptionalDouble.empty(), OptionalDouble.empty());
}
