package io.mldelivery.rollout.plan;

import java.util.OptionalDouble;

/**
 * What labels that come after the predictions must say.
 *
 * @param min the least share of labelled predictions that are right, 0 to 1 exclusive; empty: no absolute limit
 * @param compare whether the new version must not be right less often than the old one
 * @param minimumLabels labels of the new version before this can pass; 0: it decides only when there are labels
 */
public record FeedbackLimit(OptionalDouble min, boolean compare, long minimumLabels) {}
