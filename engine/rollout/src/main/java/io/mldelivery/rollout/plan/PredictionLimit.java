package io.mldelivery.rollout.plan;

/**
 * What is to be made of a difference between what both versions predict.
 *
 * @param gate whether a proved difference rolls back; otherwise it is a finding in the evidence
 */
public record PredictionLimit(boolean gate) {}
