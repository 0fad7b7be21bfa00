package io.mldelivery.training;

import java.io.Serializable;

/**
 * News of a running training.
 *
 * @param output what the script said since the last time, as bytes, because a character may arrive in two parts
 * @param offset from where to ask next
 * @param ended whether the script has ended and all it said has been handed over
 */
public record TrainingProgress(byte[] output, long offset, boolean ended) implements Serializable {}
