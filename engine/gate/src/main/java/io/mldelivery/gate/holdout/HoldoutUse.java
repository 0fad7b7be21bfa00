package io.mldelivery.gate.holdout;

import java.time.Instant;

/**
 * One decision by an evaluation set.
 *
 * @param decision SHA-256 of policy and candidate's predictions: judging the same again shows nothing new
 * @param by which build or person judged
 * @param alpha the error rate that the decision was given
 * @param outcome how it ended, a word of {@link io.mldelivery.model.Outcome}
 */
public record HoldoutUse(String decision, String by, Instant at, double alpha, String outcome) {}
